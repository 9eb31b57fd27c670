import type { Latency, Machine, ModelResult } from '@shared/domain/comparison';
import type { Provenance } from '@shared/domain/provenance';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCount, formatMilliseconds } from '../../i18n/format';
import { Fact } from '../../ui/Fact';
import classes from './ModelColumns.module.css';
import { useRatioText } from './use-ratio-text';

interface CostProps {
  model: ModelResult;
  /** What it is held against. */
  first: ModelResult | undefined;
  /** Absent in comparisons of before. */
  machine: Machine | undefined;
}

/** Median and 95th percentile of one inference, with the number of threads it used. */
export function LatencyFact({
  model,
  machine,
  latency,
  against,
}: CostProps & { latency: Latency; against: Latency | undefined }) {
  const { t } = useTranslation();
  const ratio = useRatioText();
  const { p50, p95, runs, threads, warmupRuns } = latency;
  const on = t('comparison.columns.latencyOn', {
    runs: t('comparison.columns.runs', { count: runs, formatted: formatCount(runs) }),
    count: warmupRuns,
  });
  const by = [
    machine?.runtime ?? model.provenance.by.replace(/, \d+ threads?$/, ''),
    t('comparison.columns.threads', { count: threads }),
    machine?.cpu,
  ];
  const provenance: Provenance = { ...model.provenance, on, by: by.filter(Boolean).join(', ') };
  return (
    <Fact
      name={t('comparison.columns.latency', { count: threads })}
      value={formatMilliseconds(p50)}
      detail={[
        t('comparison.columns.p95', { p95: formatMilliseconds(p95) }),
        against && ratio(against.p50 / p50, 'speed'),
      ]
        .filter(Boolean)
        .join(' · ')}
      provenance={provenance}
    />
  );
}

/** The same with several threads, or why there is none. */
export function ThreadsFact(cost: CostProps) {
  const { t } = useTranslation();
  const { model, first, machine } = cost;
  const { threadedLatencyMs } = model;
  if (threadedLatencyMs) {
    return <LatencyFact {...cost} latency={threadedLatencyMs} against={first?.threadedLatencyMs} />;
  }
  return (
    <Fact
      name={t('comparison.columns.manyThreads')}
      value={<NotMeasured />}
      detail={t(`comparison.columns.oneThread.${machine?.oneThread ?? 'before'}`)}
    />
  );
}

/** Memory at its highest, and what of. */
export function MemoryFact({ model, first, machine }: CostProps) {
  const { t } = useTranslation();
  const ratio = useRatioText();
  const { memory, provenance } = model;
  if (!memory) {
    return (
      <Fact
        name={t('comparison.columns.memory')}
        value={<NotMeasured />}
        detail={t('comparison.columns.oneThread.before')}
      />
    );
  }
  const before = first?.memory;
  return (
    <Fact
      name={t('comparison.columns.memory')}
      value={formatBytes(memory.peakBytes)}
      detail={
        before && before.of === memory.of && memory.peakBytes > 0
          ? ratio(before.peakBytes / memory.peakBytes, 'memory')
          : t('comparison.columns.memoryDetail')
      }
      provenance={{
        ...provenance,
        on: t(`comparison.columns.memoryOf.${memory.of}`),
        by: [machine?.runtime, machine?.cpu].filter(Boolean).join(', '),
      }}
    />
  );
}

function NotMeasured() {
  const { t } = useTranslation();
  return <span className={classes.notMeasured}>{t('comparison.notMeasured')}</span>;
}
