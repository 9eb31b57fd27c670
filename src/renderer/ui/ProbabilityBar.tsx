import { formatPercent } from '../i18n/format';
import classes from './ProbabilityBar.module.css';

interface ProbabilityBarProps {
  /** What is probable, in words. */
  name: string;
  /** 0..1. */
  probability: number;
  /** Right and wrong answers have their colors; all else is neutral. */
  tone?: 'right' | 'wrong';
}

/** A name, a bar as long as it is probable, and the figure. */
export function ProbabilityBar({ name, probability, tone }: ProbabilityBarProps) {
  return (
    <span className={classes.row} data-tone={tone}>
      <span className={classes.name} title={name}>
        {name}
      </span>
      <span className={classes.figure}>{formatPercent(probability)}</span>
      <span className={classes.track}>
        <span className={classes.bar} style={{ width: `${probability * 100}%` }} />
      </span>
    </span>
  );
}
