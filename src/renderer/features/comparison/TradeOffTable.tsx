import type { MeasuredModel } from '@shared/domain/trade-off';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatMilliseconds, formatPercent } from '../../i18n/format';
import classes from './TradeOffSection.module.css';

interface TradeOffTableProps {
  /** Those of the chart first, in the order of its numbers. */
  models: readonly MeasuredModel[];
  /** How many of them are in the chart. */
  shown: number;
  /** Of the latency with several; absent: there is no such column. */
  threads: number | undefined;
  best: ReadonlySet<string>;
}

/** The chart in figures, by the numbers of its dots. */
export function TradeOffTable({ models, shown, threads, best }: TradeOffTableProps) {
  const { t } = useTranslation();
  const hasMemory = models.some(({ peakBytes }) => peakBytes !== undefined);
  const heads = [
    t('tradeOff.number'),
    t('tradeOff.model'),
    t('comparison.columns.accuracy'),
    t('comparison.calibration.interval'),
    t('comparison.columns.size'),
    t('tradeOff.p50'),
    ...(threads === undefined ? [] : [t('tradeOff.threadedP50', { threads })]),
    ...(hasMemory ? [t('tradeOff.peakBytes')] : []),
    t('tradeOff.unbeaten'),
  ];
  const unknown = <span className={classes.unknown}>{t('comparison.notMeasured')}</span>;
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map((model, index) => {
            const { modelId, name, top1, top1Interval, bytes, p50, threadedP50, peakBytes } = model;
            const isBest = best.has(modelId);
            return (
              <tr key={modelId} data-best={isBest || undefined}>
                <td>{index < shown ? index + 1 : ''}</td>
                <th scope="row" title={name}>
                  {name}
                </th>
                <td>{formatPercent(top1)}</td>
                <td>{`${formatPercent(top1Interval.low, 0)} – ${formatPercent(top1Interval.high, 0)}`}</td>
                <td>{formatBytes(bytes)}</td>
                <td>{formatMilliseconds(p50)}</td>
                {threads !== undefined && (
                  <td>{threadedP50 === undefined ? unknown : formatMilliseconds(threadedP50)}</td>
                )}
                {hasMemory && <td>{peakBytes === undefined ? unknown : formatBytes(peakBytes)}</td>}
                <td>{t(isBest ? 'tradeOff.yes' : 'tradeOff.no')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
