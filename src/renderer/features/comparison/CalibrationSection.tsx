import { topKAccuracies } from '@shared/domain/answer-ranks';
import { type CalibrationBin, calibrationOf } from '@shared/domain/calibration';
import type { Comparison } from '@shared/domain/comparison';
import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent } from '../../i18n/format';
import { Fact } from '../../ui/Fact';
import classes from './CalibrationSection.module.css';
import report from './ComparisonReport.module.css';
import { ReliabilityDiagram } from './ReliabilityDiagram';
import { sectionProps } from './report-sections';

interface CalibrationSectionProps {
  comparison: Comparison;
  names: readonly string[];
}

/** Whether the truth is at least among the likeliest, and whether probabilities can be believed. */
export function CalibrationSection({ comparison, names }: CalibrationSectionProps) {
  const { t } = useTranslation();
  const { answers, labels, models } = comparison;
  return (
    <section {...sectionProps('calibration')}>
      <header className={report.sectionHeader}>
        <h3 className={report.sectionTitle}>{t('comparison.calibration.title')}</h3>
      </header>
      <p className={report.hint}>{t('comparison.calibration.hint')}</p>
      <div className={classes.models}>
        {models.map(({ modelId, name, provenance }, index) => {
          const { bins, error } = calibrationOf(answers, index);
          const shownName = names[index] ?? name;
          return (
            <div key={modelId} className={classes.model}>
              <h4 className={classes.name}>{shownName}</h4>
              <div className={classes.facts}>
                {topKAccuracies(labels.length, answers, index).map(
                  ({ k, share, interval, total }) => (
                    <Fact
                      key={k}
                      name={t('comparison.calibration.topK', { k })}
                      value={total === 0 ? '–' : formatPercent(share)}
                      detail={`${formatPercent(interval.low)} – ${formatPercent(interval.high)}`}
                      provenance={provenance}
                    />
                  ),
                )}
                <Fact
                  name={t('comparison.calibration.error')}
                  value={error === undefined ? '–' : formatPercent(error)}
                  detail={t('comparison.calibration.bins', { count: bins.length })}
                  provenance={provenance}
                />
              </div>
              <div className={classes.reliability}>
                <ReliabilityDiagram bins={bins} name={shownName} />
                <BinTable bins={bins} />
              </div>
            </div>
          );
        })}
      </div>
    </section>
  );
}

/** The diagram in figures. */
function BinTable({ bins }: { bins: readonly CalibrationBin[] }) {
  const { t } = useTranslation();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('comparison.calibration.confidence')}</th>
          <th scope="col">{t('comparison.calibration.photos')}</th>
          <th scope="col">{t('comparison.calibration.right')}</th>
          <th scope="col">{t('comparison.calibration.interval')}</th>
        </tr>
      </thead>
      <tbody>
        {bins.map(({ confidence, photos, accuracy, interval }) => (
          <tr key={confidence}>
            <td>{formatPercent(confidence)}</td>
            <td>{formatCount(photos)}</td>
            <td>{formatPercent(accuracy)}</td>
            <td>{`${formatPercent(interval.low, 0)} – ${formatPercent(interval.high, 0)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
