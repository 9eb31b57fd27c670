import type { PhoneFigures, PhoneMeasurement } from '../../../shared/domain/phone-measurement';

/** What a phone answered, for people; always with its name and the date. */
export function phoneMeasurementText({ deviceName, at, photos, models }: PhoneMeasurement): string {
  return [
    `Measured on ${deviceName}, ${at}, with ${photos} test photos:`,
    ...models.map((figures) => `  ${figures.name}: ${figuresText(figures)}`),
  ].join('\n');
}

function figuresText(figures: PhoneFigures): string {
  const { top1, top1Interval, latencyMs, total, correct, problem, provenance } = figures;
  if (top1 === undefined || !top1Interval || !latencyMs) return problem ?? 'no answers';
  const { correctOnDesktop, sameAsDesktop, largestDifference = 0, unanswered } = figures;
  const { memoryBytes, temperatureCelsius, thermalState } = figures;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    `${percent(top1)} right (${correct} of ${total}, 95 % ${percent(top1Interval.low)} to ${percent(top1Interval.high)}; here ${correctOnDesktop})`,
    `${sameAsDesktop} answered as here, largest difference ${largestDifference.toFixed(3)}`,
    `median ${latencyMs.p50.toFixed(1)} ms, 95th percentile ${latencyMs.p95.toFixed(1)} ms`,
    ...(memoryBytes === undefined ? [] : [`${(memoryBytes / 1e6).toFixed(0)} MB`]),
    ...(temperatureCelsius === undefined ? [] : [`${temperatureCelsius.toFixed(1)} °C`]),
    ...(thermalState === undefined ? [] : [`thermal state ${thermalState}`]),
    ...(unanswered === 0 ? [] : [`${unanswered} without an answer`]),
    `by ${provenance.by}`,
  ].join(' · ');
}
