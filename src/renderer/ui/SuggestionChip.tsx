import type { Label } from '@shared/domain/label';
import { formatCertainty } from '../i18n/format';
import classes from './SuggestionChip.module.css';

interface SuggestionChipProps {
  label: Pick<Label, 'name' | 'color'>;
  /** 0..1. */
  probability: number;
  /** Where it comes from, on hover. */
  source: string;
  /** There is no room for words. */
  small?: boolean;
}

/** What a photo might be called: a label's chip in dashes, for it is not given yet. */
export function SuggestionChip({ label, probability, source, small }: SuggestionChipProps) {
  const certainty = formatCertainty(probability);
  const style = { borderColor: label.color };
  const title = `${label.name} ${certainty}. ${source}`;
  if (small) return <span className={classes.dot} style={style} title={title} />;
  return (
    <span className={classes.chip} style={style} title={title}>
      <span className={classes.name}>{label.name}</span>
      <span className={classes.certainty}>{certainty}</span>
    </span>
  );
}
