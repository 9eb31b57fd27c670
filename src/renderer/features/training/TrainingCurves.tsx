import { LineChart } from '@mantine/charts';
import type { EpochRecord } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import classes from './TrainingCurves.module.css';

interface TrainingCurvesProps {
  records: readonly EpochRecord[];
  bestEpoch: number;
}

const series = [
  { name: 'train', color: 'var(--studio-split-train)', dashes: undefined },
  { name: 'validation', color: 'var(--studio-split-validation)', dashes: undefined },
  { name: 'views', color: 'var(--studio-split-validation)', dashes: '4 3' },
] as const;

const dashed = (color: string) =>
  `repeating-linear-gradient(90deg, ${color} 0 4px, transparent 4px 7px)`;

/** Views of one epoch alone are the start of a fine-tuning that has no end of an epoch yet. */
const hasViews = (records: readonly EpochRecord[]) =>
  records.filter(({ viewLoss }) => viewLoss !== undefined).length > 1;

/** A full step of 5% below the lowest, so that the axis of a faultless run has a length. */
const accuracyFloor = (lowest: number) => Math.max(0, Math.ceil(lowest / 5 - 1) * 5);

/**
 * Loss and accuracy of both splits by epoch, with the epoch whose weights are kept; of a fine-tuning
 * also of changed validation photos.
 */
export function TrainingCurves({ records, bestEpoch }: TrainingCurvesProps) {
  const { t } = useTranslation();
  const charts = {
    accuracy: records.map(({ epoch, trainAccuracy, validationAccuracy, viewAccuracy }) => ({
      epoch,
      train: trainAccuracy * 100,
      validation: validationAccuracy * 100,
      views: viewAccuracy === undefined ? undefined : viewAccuracy * 100,
    })),
    loss: records.map(({ epoch, trainLoss, validationLoss, viewLoss }) => ({
      epoch,
      train: trainLoss,
      validation: validationLoss,
      views: viewLoss,
    })),
  };
  const shown = series.filter(({ name }) => name !== 'views' || hasViews(records));
  return (
    <div className={classes.charts}>
      {(['accuracy', 'loss'] as const).map((kind) => (
        <figure key={kind} className={classes.chart}>
          <figcaption className={classes.caption}>
            <span>{t(`training.curves.${kind}`)}</span>
            <span className={classes.legend}>
              {shown.map(({ name, color, dashes }) => (
                <span key={name}>
                  <i style={{ background: dashes ? dashed(color) : color }} />
                  {t(`training.curves.${name}`)}
                </span>
              ))}
            </span>
          </figcaption>
          <LineChart
            h={190}
            data={charts[kind]}
            dataKey="epoch"
            series={shown.map(({ name, color, dashes }) => ({
              name,
              color,
              strokeDasharray: dashes,
              label: t(`training.curves.${name}`),
            }))}
            curveType="linear"
            withDots={false}
            strokeWidth={1.75}
            gridAxis="y"
            unit={kind === 'accuracy' ? '%' : undefined}
            yAxisProps={{
              width: 44,
              tickCount: kind === 'accuracy' ? 6 : 5,
              domain: kind === 'accuracy' ? [accuracyFloor, 100] : [0, 'auto'],
            }}
            xAxisProps={{ type: 'number', domain: ['dataMin', 'dataMax'], allowDecimals: false }}
            valueFormatter={(value) => value.toFixed(kind === 'accuracy' ? 1 : 3)}
            referenceLines={[{ x: bestEpoch, color: 'var(--studio-accent)' }]}
            lineProps={{ isAnimationActive: false }}
          />
        </figure>
      ))}
    </div>
  );
}
