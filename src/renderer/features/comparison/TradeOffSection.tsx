import { SegmentedControl } from '@mantine/core';
import { type Cost, costs, priced, type TradeOff, undominated } from '@shared/domain/trade-off';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { GeneratedBadge } from '../../ui/GeneratedBadge';
import report from './ComparisonReport.module.css';
import { sectionProps } from './report-sections';
import { TradeOffChart } from './TradeOffChart';
import classes from './TradeOffSection.module.css';
import { TradeOffTable } from './TradeOffTable';

/** All models of the project that can be held side by side: what each costs, and how often it is right. */
export function TradeOffSection({ tradeOff }: { tradeOff: TradeOff }) {
  const { t } = useTranslation();
  const [cost, setCost] = useState<Cost>('bytes');
  const { models, photos, runtime, cpu, threads, split, generated, leftOut } = tradeOff;
  const shown = priced(models, cost);
  const best = undominated(shown);
  const offered = costs.filter((one) => models.some((model) => model[one] !== undefined));
  const isShown = (modelId: string) => shown.some((model) => model.modelId === modelId);
  return (
    <section {...sectionProps('models')} aria-label={t('tradeOff.title')}>
      <header className={report.sectionHeader}>
        <h3 className={report.sectionTitle}>{t('tradeOff.title')}</h3>
        {generated && <GeneratedBadge />}
        <SegmentedControl
          size="xs"
          aria-label={t('tradeOff.cost')}
          value={cost}
          data={offered.map((one) => ({ value: one, label: t(`tradeOff.${one}`, { threads }) }))}
          onChange={(value) => setCost(offered.find((one) => one === value) ?? 'bytes')}
        />
      </header>
      <p className={report.hint}>
        {t('tradeOff.hint', {
          photos: t(`comparison.photosOf.${split}`, {
            count: photos,
            formatted: formatCount(photos),
          }),
          runtime: [runtime, cpu].filter(Boolean).join(', '),
        })}
      </p>
      <div className={classes.body}>
        <TradeOffChart
          models={shown}
          cost={cost}
          costName={t(`tradeOff.${cost}`, { threads })}
          best={best}
        />
        <TradeOffTable
          models={[...shown, ...models.filter(({ modelId }) => !isShown(modelId))]}
          threads={threads}
          best={best}
          shown={shown.length}
        />
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
