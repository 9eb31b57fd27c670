import type { Interval } from '@shared/domain/comparison';
import classes from './IntervalMark.module.css';

interface IntervalMarkProps {
  value: number;
  interval: Interval;
  /** The two ends of the axis, the same for all marks that are held against each other. */
  scale: Interval;
  /** A line across, such as no difference. */
  reference?: number;
  /** A whole sentence: the picture is not read otherwise. */
  label: string;
  format(value: number): string;
}

/** A dot for the value, a whisker for its interval, on an axis with both ends named. */
export function IntervalMark({
  value,
  interval,
  scale,
  reference,
  label,
  format,
}: IntervalMarkProps) {
  const at = (point: number) => {
    const share = (point - scale.low) / (scale.high - scale.low);
    return `${Math.min(1, Math.max(0, share)) * 100}%`;
  };
  const left = at(interval.low);
  return (
    <div className={classes.mark} role="img" aria-label={label}>
      <div className={classes.axis}>
        {reference !== undefined && (
          <span className={classes.reference} style={{ left: at(reference) }} />
        )}
        <span
          className={classes.whisker}
          style={{ left, width: `calc(${at(interval.high)} - ${left})` }}
        />
        <span className={classes.dot} style={{ left: at(value) }} />
      </div>
      <div className={classes.ends} aria-hidden>
        <span>{format(scale.low)}</span>
        {reference !== undefined && <span>{format(reference)}</span>}
        <span>{format(scale.high)}</span>
      </div>
    </div>
  );
}
