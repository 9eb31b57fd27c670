import type { Label } from '@shared/domain/label';
import classes from './LabelChip.module.css';

/** A label's color and name. */
export function LabelChip({ label }: { label: Pick<Label, 'name' | 'color'> }) {
  return (
    <span className={classes.chip}>
      <span className={classes.dot} style={{ background: label.color }} />
      <span className={classes.name}>{label.name}</span>
    </span>
  );
}
