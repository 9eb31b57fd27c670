import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Difference } from '@shared/domain/comparison';
import { formatCount, formatPercent, formatPoints } from '../../i18n/format';
import { Fact } from '../../ui/Fact';
import { IntervalMark } from '../../ui/IntervalMark';
import { differenceScale } from './accuracy-scale';
import report from './ComparisonReport.module.css';
import classes from './DifferenceSection.module.css';
import type { ModelPair } from './model-pair';
import { sectionProps } from './report-sections';

/** What the second model's answers differ by, and how much of that chance explains. */
export function DifferenceSection({
  comparison,
  difference,
  second,
  firstName,
  secondName,
}: ModelPair) {
  const { t } = useTranslation();
  const { agreement, gained, interval, lost, top1 } = difference;
  const { provenance } = second;
  const intervalText = t('comparison.interval', {
    low: formatPoints(interval.low),
    high: formatPoints(interval.high),
  });
  return (
    <section {...sectionProps('changed')}>
      <header className={report.sectionHeader}>
        <h3 className={report.sectionTitle}>{t('comparison.difference.title')}</h3>
      </header>
      <div className={classes.body}>
        <div className={classes.facts}>
          <Fact
            name={t('comparison.difference.accuracy')}
            value={formatPoints(top1)}
            detail={intervalText}
            provenance={provenance}
          />
          <Fact
            name={t('comparison.difference.lost')}
            value={formatCount(lost)}
            detail={t('comparison.difference.onlyRight', { name: firstName })}
            provenance={provenance}
          />
          <Fact
            name={t('comparison.difference.gained')}
            value={formatCount(gained)}
            detail={t('comparison.difference.onlyRight', { name: secondName })}
            provenance={provenance}
          />
          <Fact
            name={t('comparison.difference.agreement')}
            value={formatPercent(agreement)}
            detail={t('comparison.difference.agreementDetail')}
            provenance={provenance}
          />
        </div>
        <div>
          <IntervalMark
            value={top1}
            interval={interval}
            scale={differenceScale(difference)}
            reference={0}
            label={`${formatPoints(top1)}, ${intervalText}`}
            format={formatPoints}
          />
          <p className={classes.words}>
            {chanceInWords(difference, t)}{' '}
            {t('comparison.difference.range', {
              count: comparison.answers.length,
              formatted: formatCount(comparison.answers.length),
              low: formatPoints(interval.low),
              high: formatPoints(interval.high),
            })}
          </p>
        </div>
      </div>
    </section>
  );
}

function chanceInWords({ lost, gained, pValue }: Difference, t: TFunction): string {
  if (lost + gained === 0) return t('comparison.difference.noneChanged');
  const p = pValue < 0.001 ? '< 0.001' : `= ${pValue.toFixed(pValue < 0.1 ? 3 : 2)}`;
  const share = Math.round(pValue * 100);
  if (share === 100) return t('comparison.difference.everyTime', { p });
  if (share < 1) return t('comparison.difference.hardlyChance', { p });
  const key = pValue < 0.05 ? 'real' : 'chance';
  return t(`comparison.difference.${key}`, { p, share });
}
