import type { DisturbedScore, Robustness } from '@shared/domain/robustness';
import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../i18n/format';
import classes from './RobustnessSection.module.css';

interface DisturbanceChartProps {
  effect: Robustness['effects'][number];
  /** Of the photos as they are: where the lines start. */
  plain: readonly DisturbedScore[];
  photos: number;
  names: readonly string[];
}

const width = 240;
const height = 120;
/** Models on one point are drawn beside each other, or the first would not be seen. */
const apart = 5;

/** Accuracy over strength, a line a model, with its 95 % interval. */
export function DisturbanceChart({ effect, plain, photos, names }: DisturbanceChartProps) {
  const { t } = useTranslation();
  const { disturbance, levels } = effect;
  const kind = t(`robustness.kinds.${disturbance}`);
  const columns = [{ strength: undefined, models: plain }, ...levels];
  const x = (column: number, model: number) =>
    ((column + 0.5) / columns.length) * width + (model - (plain.length - 1) / 2) * apart;
  const y = (share: number) => height - share * height;
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.kind}>{kind}</figcaption>
      <svg
        viewBox={`-34 -6 ${width + 40} ${height + 26}`}
        role="img"
        aria-label={t('robustness.chart', { kind })}
        className={classes.chart}
      >
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={0} x2={width} y1={y(share)} y2={y(share)} className={classes.grid} />
            <text x={-5} y={y(share) + 3} textAnchor="end" className={classes.tick}>
              {formatPercent(share, 0)}
            </text>
          </g>
        ))}
        {columns.map(({ strength }, column) => (
          <text
            key={column}
            x={((column + 0.5) / columns.length) * width}
            y={height + 15}
            textAnchor="middle"
            className={classes.tick}
          >
            {strength === undefined
              ? t('robustness.plainShort')
              : t(`robustness.ticks.${disturbance}`, { strength })}
          </text>
        ))}
        {names.map((name, model) => (
          <g key={name} data-model={model} className={classes.model}>
            <polyline
              points={columns
                .map(({ models }, column) => {
                  const share = (models[model]?.correct ?? 0) / photos;
                  return `${x(column, model)},${y(share)}`;
                })
                .join(' ')}
            />
            {columns.map(({ models }, column) => {
              const score = models[model];
              if (!score) return undefined;
              return (
                <g key={column}>
                  <title>{`${name}: ${formatPercent(score.correct / photos)}`}</title>
                  <line
                    x1={x(column, model)}
                    x2={x(column, model)}
                    y1={y(score.interval.low)}
                    y2={y(score.interval.high)}
                  />
                  <circle cx={x(column, model)} cy={y(score.correct / photos)} r={3} />
                </g>
              );
            })}
          </g>
        ))}
      </svg>
    </figure>
  );
}
