import type { PhoneFigures as Figures, PhoneMeasurement } from '@shared/domain/phone-measurement';
import { useTranslation } from 'react-i18next';
import {
  formatBytes,
  formatCount,
  formatDateTime,
  formatMilliseconds,
  formatPercent,
} from '../i18n/format';
import { Fact } from './Fact';
import classes from './PhoneFigures.module.css';

interface PhoneFiguresProps {
  measurement: PhoneMeasurement;
  figures: Figures;
}

/** What one phone says of one model: under its own name and date, never among this computer's figures. */
export function PhoneFigures({ measurement, figures }: PhoneFiguresProps) {
  const { t } = useTranslation();
  const { name, top1, top1Interval, latencyMs, largestDifference = 0, provenance } = figures;
  const { total, correct, correctOnDesktop, sameAsDesktop, unanswered, problem } = figures;
  const { memoryBytes, temperatureCelsius, thermalState } = figures;
  const where = { model: name, phone: measurement.deviceName, at: formatDateTime(measurement.at) };
  if (top1 === undefined || !top1Interval || !latencyMs) {
    return (
      <p className={classes.note}>
        {t('phoneFigures.problem', { ...where, problem: problem ?? '' })}
      </p>
    );
  }
  const latency = { provenance, detail: t('phoneFigures.latencyDetail') };
  return (
    <section className={classes.figures} aria-label={t('phoneFigures.measuredOn', where)}>
      <h4 className={classes.title}>{t('phoneFigures.measuredOn', where)}</h4>
      <div className={classes.facts}>
        <Fact
          name={t('phoneFigures.accuracy')}
          value={formatPercent(top1)}
          detail={t('phoneFigures.correct', {
            low: formatPercent(top1Interval.low, 0),
            high: formatPercent(top1Interval.high, 0),
            correct: formatCount(correct),
            total: formatCount(total),
            here: formatCount(correctOnDesktop),
          })}
          provenance={provenance}
        />
        <Fact
          name={t('phoneFigures.same')}
          value={formatPercent(sameAsDesktop / total)}
          detail={t('phoneFigures.sameDetail', { difference: largestDifference.toFixed(3) })}
          provenance={provenance}
        />
        <Fact name={t('phoneFigures.p50')} value={formatMilliseconds(latencyMs.p50)} {...latency} />
        <Fact name={t('phoneFigures.p95')} value={formatMilliseconds(latencyMs.p95)} {...latency} />
        {memoryBytes !== undefined && (
          <Fact
            name={t('phoneFigures.memory')}
            value={formatBytes(memoryBytes)}
            provenance={provenance}
          />
        )}
        {temperatureCelsius !== undefined && (
          <Fact
            name={t('phoneFigures.temperature')}
            value={t('phoneFigures.celsius', { degrees: temperatureCelsius.toFixed(1) })}
            provenance={provenance}
          />
        )}
        {thermalState !== undefined && (
          <Fact
            name={t('phoneFigures.warmth')}
            value={t(`phoneFigures.thermalStates.${thermalState}`)}
            provenance={provenance}
          />
        )}
      </div>
      {unanswered > 0 && (
        <p className={classes.note}>{t('phoneFigures.unanswered', { count: unanswered })}</p>
      )}
    </section>
  );
}
