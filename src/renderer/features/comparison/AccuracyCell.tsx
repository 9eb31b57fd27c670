import type { Interval } from '@shared/domain/comparison';
import { formatPercent } from '../../i18n/format';
import classes from './AccuracyTable.module.css';

interface AccuracyCellProps {
  /** 0..1. */
  accuracy: number;
  interval: Interval;
  /** A third line. */
  detail?: string;
}

/** One model's accuracy on some photos, with its interval below. */
export function AccuracyCell({ accuracy, interval, detail }: AccuracyCellProps) {
  return (
    <td>
      {formatPercent(accuracy)}
      <span className={classes.interval}>
        {`${formatPercent(interval.low, 0)} – ${formatPercent(interval.high, 0)}`}
      </span>
      {detail !== undefined && <span className={classes.interval}>{detail}</span>}
    </td>
  );
}
