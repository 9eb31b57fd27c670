import { Slider } from '@mantine/core';
import type { Comparison } from '@shared/domain/comparison';
import { coverageAt } from '@shared/domain/coverage';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent } from '../../i18n/format';
import { Fact } from '../../ui/Fact';
import report from './ComparisonReport.module.css';
import classes from './CoverageSection.module.css';
import { sectionProps } from './report-sections';

interface CoverageSectionProps {
  comparison: Comparison;
  names: readonly string[];
}

/** What an app gets that keeps silent below a probability: how often it answers, and how well. */
export function CoverageSection({ comparison, names }: CoverageSectionProps) {
  const { t } = useTranslation();
  const [percent, setPercent] = useState(50);
  const { answers, models } = comparison;
  return (
    <section {...sectionProps('threshold')}>
      <header className={report.sectionHeader}>
        <h3 className={report.sectionTitle}>{t('comparison.coverage.title')}</h3>
      </header>
      <p className={report.hint}>{t('comparison.coverage.hint')}</p>
      <div className={classes.body}>
        <div className={classes.threshold}>
          <span id="coverage-threshold">
            {t('comparison.coverage.threshold', { percent: formatPercent(percent / 100, 0) })}
          </span>
          <Slider
            aria-labelledby="coverage-threshold"
            thumbLabel={t('comparison.coverage.threshold', { percent: `${percent}%` })}
            size="sm"
            label={null}
            value={percent}
            onChange={setPercent}
          />
        </div>
        {models.map(({ modelId, name, provenance }, index) => {
          const { answered, correct } = coverageAt(answers, index, percent / 100);
          return (
            <div key={modelId} className={classes.model}>
              <Fact
                name={t('comparison.coverage.answered', { name: names[index] ?? name })}
                value={formatPercent(answers.length === 0 ? 0 : answered / answers.length)}
                detail={t('comparison.coverage.ofPhotos', {
                  part: formatCount(answered),
                  total: formatCount(answers.length),
                })}
                provenance={provenance}
              />
              <Fact
                name={t('comparison.coverage.right')}
                value={answered === 0 ? '–' : formatPercent(correct / answered)}
                detail={t('comparison.coverage.ofAnswered', {
                  part: formatCount(correct),
                  total: formatCount(answered),
                })}
                provenance={provenance}
              />
            </div>
          );
        })}
      </div>
    </section>
  );
}
