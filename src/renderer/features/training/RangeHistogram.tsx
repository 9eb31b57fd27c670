import { rangeParts } from '@shared/domain/layer-error';
import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../i18n/format';
import classes from './LayerErrors.module.css';

const width = 4;
const height = 18;

/** Where a tensor's values lie in its range, with those beyond either end in red. */
export function RangeHistogram({ shares }: { shares: readonly number[] }) {
  const { t } = useTranslation();
  const most = Math.max(...shares);
  const last = rangeParts + 1;
  const told = t('training.layers.histogram', {
    below: formatPercent(shares[0] ?? 0, 2),
    above: formatPercent(shares[last] ?? 0, 2),
    used: shares.slice(1, last).filter((share) => share > 0).length,
    parts: rangeParts,
  });
  return (
    <svg
      className={classes.histogram}
      viewBox={`0 0 ${shares.length * width} ${height}`}
      role="img"
      aria-label={told}
    >
      <title>{told}</title>
      {shares.map((share, part) => {
        // By its root: most values of a ReLU are zero, and others are to be seen beside them.
        const tall = share === 0 ? 0 : Math.max(1, Math.sqrt(share / most) * height);
        return (
          <rect
            // The parts of a range have no other name than their place.
            key={part}
            x={part * width}
            y={height - tall}
            width={width - 1}
            height={tall}
            data-beyond={part === 0 || part === last || undefined}
          />
        );
      })}
    </svg>
  );
}
