import { SegmentedControl } from '@mantine/core';
import {
  type Cost,
  type MeasuredModel,
  type TradeOff,
  undominated,
} from '@shared/domain/trade-off';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCount, formatMilliseconds, formatPercent } from '../../i18n/format';
import { GeneratedBadge } from '../../ui/GeneratedBadge';
import report from './ComparisonReport.module.css';
import { TradeOffChart } from './TradeOffChart';
import classes from './TradeOffSection.module.css';

/** All models of the project that can be held side by side: what each costs, and how often it is right. */
export function TradeOffSection({ tradeOff }: { tradeOff: TradeOff }) {
  const { t } = useTranslation();
  const [cost, setCost] = useState<Cost>('bytes');
  const { models, photos, runtime, split, generated, leftOut } = tradeOff;
  const best = undominated(models, cost);
  const ordered = [...models].sort((a, b) => a[cost] - b[cost] || b.top1 - a.top1);
  return (
    <section className={classes.section} aria-label={t('tradeOff.title')}>
      <header className={report.sectionHeader}>
        <h3 className={report.sectionTitle}>{t('tradeOff.title')}</h3>
        {generated && <GeneratedBadge />}
        <SegmentedControl
          size="xs"
          aria-label={t('tradeOff.cost')}
          value={cost}
          data={[
            { value: 'bytes', label: t('tradeOff.bytes') },
            { value: 'p50', label: t('tradeOff.p50') },
          ]}
          onChange={(value) => setCost(value === 'p50' ? 'p50' : 'bytes')}
        />
      </header>
      <p className={report.hint}>
        {t('tradeOff.hint', {
          photos: t(`comparison.photosOf.${split}`, {
            count: photos,
            formatted: formatCount(photos),
          }),
          runtime,
        })}
      </p>
      <div className={classes.body}>
        <TradeOffChart models={ordered} cost={cost} best={best} />
        <Figures models={ordered} best={best} />
      </div>
      {leftOut.length > 0 && (
        <ul className={classes.leftOut}>
          {leftOut.map(({ modelId, name, why }) => (
            <li key={modelId}>{t(`tradeOff.why.${why}`, { name: `${name} (${modelId})` })}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The chart in figures, by the numbers of its dots. */
function Figures({ models, best }: { models: readonly MeasuredModel[]; best: Set<string> }) {
  const { t } = useTranslation();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('tradeOff.number')}</th>
          <th scope="col">{t('tradeOff.model')}</th>
          <th scope="col">{t('comparison.columns.accuracy')}</th>
          <th scope="col">{t('comparison.calibration.interval')}</th>
          <th scope="col">{t('comparison.columns.size')}</th>
          <th scope="col">{t('comparison.columns.p50')}</th>
          <th scope="col">{t('tradeOff.unbeaten')}</th>
        </tr>
      </thead>
      <tbody>
        {models.map(({ modelId, name, top1, top1Interval, bytes, p50 }, index) => (
          <tr key={modelId} data-best={best.has(modelId) || undefined}>
            <td>{index + 1}</td>
            <th scope="row" title={name}>
              {name}
            </th>
            <td>{formatPercent(top1)}</td>
            <td>{`${formatPercent(top1Interval.low, 0)} – ${formatPercent(top1Interval.high, 0)}`}</td>
            <td>{formatBytes(bytes)}</td>
            <td>{formatMilliseconds(p50)}</td>
            <td>{t(best.has(modelId) ? 'tradeOff.yes' : 'tradeOff.no')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
