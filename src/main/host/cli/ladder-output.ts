import type { QuantizationSettings } from '../../../shared/domain/model';
import type { Ladder } from '../../../shared/domain/quantization-ladder';
import { formatBytes, formatMilliseconds, formatShare } from './format';
import { formatTable } from './table';

const outcomes = { within: 'kept', below: 'loses too much', broken: 'broken' } as const;

/** Every form that was tried, with what decided about it. */
export function ladderText({ float, rungs, photos, budget, modelId, wasThere }: Ladder): string {
  const accuracy = (correct: number) =>
    `${formatShare(correct / photos)} (${correct} of ${photos})`;
  const table = formatTable(
    [
      { header: 'Form' },
      { header: 'Size', align: 'right' },
      { header: 'Validation', align: 'right' },
      { header: 'Latency', align: 'right' },
      { header: 'Outcome' },
    ],
    [
      [
        'float32',
        formatBytes(float.bytes),
        accuracy(float.correct),
        formatMilliseconds(float.latencyMs),
        '',
      ],
      ...rungs.map(({ settings, outcome, reason, bytes, correct, latencyMs }) => [
        nameOf(settings),
        bytes === undefined ? '' : formatBytes(bytes),
        correct === undefined ? '' : accuracy(correct),
        latencyMs === undefined ? '' : formatMilliseconds(latencyMs),
        reason ?? outcomes[outcome],
      ]),
    ],
  );
  const allowed = formatShare(budget);
  const verdict =
    modelId === undefined
      ? `No form loses at most ${allowed} of accuracy against float32: nothing was kept.`
      : `${modelId} is the first form that loses at most ${allowed} of accuracy against float32.`;
  const before = wasThere ? ' The very same file was there before, so no second one was kept.' : '';
  return `${table}\n\n${verdict}${before}`;
}

function nameOf(settings: QuantizationSettings): string {
  const { precision, biasCorrection, calibration, equalization, roundingSearch, keepFloat } =
    settings;
  return [
    precision,
    ...(biasCorrection ? ['biases corrected'] : []),
    ...(equalization ? ['channels equalized'] : []),
    ...(roundingSearch ? ['rounding searched'] : []),
    ...(keepFloat.length > 0 ? [`${keepFloat.length} in float`] : []),
    ...(calibration.ranges === 'min-max' ? [] : [`ranges by ${calibration.ranges}`]),
  ].join(', ');
}
