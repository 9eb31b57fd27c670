import markUrl from '../icon.svg?no-inline';

/** The program's sign. */
export function Mark({ size }: { size: number }) {
  return <img src={markUrl} width={size} height={size} alt="" />;
}
