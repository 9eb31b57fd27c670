import type { CalibrationBin } from '@shared/domain/calibration';
import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent } from '../../i18n/format';
import classes from './CalibrationSection.module.css';

const side = 200;
const at = (share: number) => share * side;

/** Accuracy over probability, a dot a bin with its 95 % interval; the diagonal is perfect. */
export function ReliabilityDiagram({
  bins,
  name,
}: {
  bins: readonly CalibrationBin[];
  name: string;
}) {
  const { t } = useTranslation();
  return (
    <figure className={classes.figure}>
      <svg
        viewBox={`-34 -8 ${side + 54} ${side + 44}`}
        role="img"
        aria-label={t('comparison.calibration.diagram', { name })}
        className={classes.diagram}
      >
        <rect width={side} height={side} className={classes.frame} />
        <line x1={0} y1={side} x2={side} y2={0} className={classes.diagonal} />
        {[0, 0.5, 1].map((share) => (
          <g key={share} className={classes.tick}>
            <text x={at(share)} y={side + 14} textAnchor="middle">
              {formatPercent(share, 0)}
            </text>
            <text x={-5} y={side - at(share) + 3} textAnchor="end">
              {formatPercent(share, 0)}
            </text>
          </g>
        ))}
        <text x={side / 2} y={side + 30} textAnchor="middle" className={classes.tick}>
          {t('comparison.calibration.confidence')}
        </text>
        {bins.map(({ confidence, accuracy, interval, photos }) => (
          <g key={confidence}>
            <title>
              {t('comparison.calibration.bin', {
                count: photos,
                formatted: formatCount(photos),
                confidence: formatPercent(confidence),
                accuracy: formatPercent(accuracy),
              })}
            </title>
            <line
              x1={at(confidence)}
              x2={at(confidence)}
              y1={side - at(interval.low)}
              y2={side - at(interval.high)}
              className={classes.whisker}
            />
            <circle cx={at(confidence)} cy={side - at(accuracy)} r={4} className={classes.dot} />
          </g>
        ))}
      </svg>
    </figure>
  );
}
