import { LineChart } from '@mantine/charts';
import type { EpochRecord } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import classes from './TrainingCurves.module.css';

interface TrainingCurvesProps {
  records: readonly EpochRecord[];
  bestEpoch: number;
}

const series = [
  { name: 'train', color: 'var(--studio-split-train)' },
  { name: 'validation', color: 'var(--studio-split-validation)' },
] as const;

/** A full step of 5% below the lowest, so that the axis of a faultless run has a length. */
const accuracyFloor = (lowest: number) => Math.max(0, Math.ceil(lowest / 5 - 1) * 5);

/** Loss and accuracy of both splits by epoch, with the epoch whose weights are kept. */
export function TrainingCurves({ records, bestEpoch }: TrainingCurvesProps) {
  const { t } = useTranslation();
  const charts = {
    accuracy: records.map(({ epoch, trainAccuracy, validationAccuracy }) => ({
      epoch,
      train: trainAccuracy * 100,
      validation: validationAccuracy * 100,
    })),
    loss: records.map(({ epoch, trainLoss, validationLoss }) => ({
      epoch,
      train: trainLoss,
      validation: validationLoss,
    })),
  };
  return (
    <div className={classes.charts}>
      {(['accuracy', 'loss'] as const).map((kind) => (
        <figure key={kind} className={classes.chart}>
          <figcaption className={classes.caption}>
            <span>{t(`training.curves.${kind}`)}</span>
            <span className={classes.legend}>
              {series.map(({ name, color }) => (
                <span key={name}>
                  <i style={{ background: color }} />
                  {t(`training.curves.${name}`)}
                </span>
              ))}
            </span>
          </figcaption>
          <LineChart
            h={190}
            data={charts[kind]}
            dataKey="epoch"
            series={series.map(({ name, color }) => ({
              name,
              color,
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
