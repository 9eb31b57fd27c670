import type { Label } from '../../../shared/domain/label';

/** The project's label that a phone's words mean, whatever their case and Unicode composition. */
export function findLabel(labels: readonly Label[], said: string | undefined): Label | undefined {
  if (said === undefined) return undefined;
  const folded = fold(said);
  return labels.find(({ name }) => fold(name) === folded);
}

const fold = (name: string) => name.normalize('NFC').trim().toLowerCase();
