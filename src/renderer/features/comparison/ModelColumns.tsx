import { Badge } from '@mantine/core';
import type { Comparison, Interval, Machine, ModelResult } from '@shared/domain/comparison';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCount, formatMilliseconds, formatPercent } from '../../i18n/format';
import { Fact } from '../../ui/Fact';
import { IntervalMark } from '../../ui/IntervalMark';
import { accuracyScale } from './accuracy-scale';
import { LatencyFact, MemoryFact, ThreadsFact } from './CostFacts';
import classes from './ModelColumns.module.css';
import { useRatioText } from './use-ratio-text';

interface ModelColumnsProps {
  comparison: Comparison;
  names: readonly string[];
}

/** The models side by side, each figure in the same place and on the same axis. */
export function ModelColumns({ comparison, names }: ModelColumnsProps) {
  const { models, differences, machine } = comparison;
  const scale = accuracyScale(models);
  return (
    <div className={classes.columns}>
      {models.map((model, index) => (
        <Column
          key={model.modelId}
          model={model}
          first={index === 0 ? undefined : models[0]}
          machine={machine}
          name={names[index] ?? model.name}
          scale={scale}
          difference={differences.find(({ secondId }) => secondId === model.modelId)}
        />
      ))}
    </div>
  );
}

interface ColumnProps {
  model: ModelResult;
  name: string;
  scale: Interval;
  /** What it is held against; the first model has nothing. */
  first: ModelResult | undefined;
  machine: Machine | undefined;
  /** Against the first model; the first has none. */
  difference?: Comparison['differences'][number];
}

function Column({ model, name, scale, first, machine, difference }: ColumnProps) {
  const { t } = useTranslation();
  const ratio = useRatioText();
  const { bytes, correct, loadMs, provenance, top1, top1Interval, total } = model;
  const interval = t('comparison.interval', {
    low: formatPercent(top1Interval.low),
    high: formatPercent(top1Interval.high),
  });
  const cost = { model, first, machine };
  return (
    <section className={classes.column} aria-label={name}>
      <header className={classes.header}>
        <h3 className={classes.name}>{name}</h3>
        <span className={classes.full} title={model.name}>
          {model.name}
        </span>
        <Badge variant="outline" color="gray" tt="none">
          {t('comparison.columns.io', { io: model.io })}
        </Badge>
      </header>
      <div className={classes.accuracy}>
        <Fact
          name={t('comparison.columns.accuracy')}
          value={formatPercent(top1)}
          detail={t('comparison.columns.correct', {
            correct: formatCount(correct),
            total: formatCount(total),
          })}
          provenance={provenance}
        />
        <div className={classes.mark}>
          <IntervalMark
            value={top1}
            interval={top1Interval}
            scale={scale}
            label={`${t('comparison.columns.accuracy')}: ${formatPercent(top1)}, ${interval}`}
            format={(value) => formatPercent(value, 0)}
          />
          <div className={classes.interval}>{interval}</div>
        </div>
      </div>
      <div className={classes.facts}>
        <Fact
          name={t('comparison.columns.size')}
          value={formatBytes(bytes)}
          detail={
            difference
              ? ratio(difference.sizeRatio, 'size')
              : t('comparison.columns.bytes', { formatted: formatCount(bytes) })
          }
        />
        <MemoryFact {...cost} />
        <LatencyFact {...cost} latency={model.latencyMs} against={first?.latencyMs} />
        <ThreadsFact {...cost} />
        <Fact
          name={t('comparison.columns.load')}
          value={formatMilliseconds(loadMs)}
          detail={t('comparison.columns.loadDetail')}
          provenance={{ ...provenance, on: t('comparison.columns.loadOn') }}
        />
      </div>
    </section>
  );
}
