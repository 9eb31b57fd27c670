import type { Cost, MeasuredModel } from '@shared/domain/trade-off';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatMilliseconds, formatPercent } from '../../i18n/format';
import { accuracyScale } from './accuracy-scale';
import classes from './TradeOffSection.module.css';

const width = 460;
const height = 240;

interface TradeOffChartProps {
  /** In the order in which the dots are numbered. */
  models: readonly (MeasuredModel & { price: number })[];
  cost: Cost;
  costName: string;
  /** Those that no other one beats: the line goes through them. */
  best: ReadonlySet<string>;
}

/** Accuracy with its interval over size or latency: up and to the left is better. */
export function TradeOffChart({ models, cost, costName, best }: TradeOffChartProps) {
  const { t } = useTranslation();
  const format = cost === 'bytes' || cost === 'peakBytes' ? formatBytes : formatMilliseconds;
  const most = 1.08 * Math.max(...models.map(({ price }) => price));
  const scale = accuracyScale(models);
  const x = (value: number) => (most === 0 ? 0 : (value / most) * width);
  const y = (share: number) => height - ((share - scale.low) / (scale.high - scale.low)) * height;
  // A frontier of two costs climbs in steps: more accuracy is to be had at the next model's cost only.
  const line = models
    .filter(({ modelId }) => best.has(modelId))
    .map(
      (model, index) =>
        `${index === 0 ? 'M' : 'H'}${x(model.price)}${index === 0 ? ',' : 'V'}${y(model.top1)}`,
    )
    .join(' ');
  return (
    <svg
      viewBox={`-46 -14 ${width + 84} ${height + 54}`}
      role="img"
      aria-label={t('tradeOff.chart', { cost: costName })}
      className={classes.chart}
    >
      <rect width={width} height={height} className={classes.frame} />
      {[scale.low, (scale.low + scale.high) / 2, scale.high].map((share) => (
        <text key={share} x={-6} y={y(share) + 3} textAnchor="end" className={classes.tick}>
          {formatPercent(share)}
        </text>
      ))}
      {[0, most / 2, most].map((value) => (
        <text key={value} x={x(value)} y={height + 15} textAnchor="middle" className={classes.tick}>
          {format(value)}
        </text>
      ))}
      <text x={width / 2} y={height + 33} textAnchor="middle" className={classes.tick}>
        {costName}
      </text>
      <path d={line} className={classes.frontier} />
      {models.map((model, index) => (
        <g
          key={model.modelId}
          data-best={best.has(model.modelId) || undefined}
          className={classes.point}
        >
          <title>{`${model.name}: ${formatPercent(model.top1)}, ${format(model.price)}`}</title>
          <line
            x1={x(model.price)}
            x2={x(model.price)}
            y1={y(model.top1Interval.low)}
            y2={y(model.top1Interval.high)}
          />
          <circle cx={x(model.price)} cy={y(model.top1)} r={8} />
          <text x={x(model.price)} y={y(model.top1) + 3.5} textAnchor="middle">
            {index + 1}
          </text>
        </g>
      ))}
    </svg>
  );
}
