import { topKAccuracies } from '../../../shared/domain/answer-ranks';
import { calibrationOf } from '../../../shared/domain/calibration';
import type { Comparison, Latency } from '../../../shared/domain/comparison';
import { coverageAt } from '../../../shared/domain/coverage';
import { describeCosts, notMeasured, threadsOf } from '../../../shared/domain/describe-costs';
import type { Robustness } from '../../../shared/domain/robustness';
import type { Slices } from '../../../shared/domain/slices';
import type { Answer } from './command-runner';
import { formatBytes, formatMilliseconds, formatPoints, formatShare } from './format';
import { robustnessTable } from './robustness-output';
import { slicesText } from './slices-output';
import { formatTable } from './table';

/** A comparison as `--json` prints it: labels by name, the flips of all models in one list. */
export function comparisonJson(comparison: Comparison, threshold?: number) {
  const { labels, differences } = comparison;
  const name = (index: number) => labels[index] ?? String(index);
  return {
    comparisonId: comparison.id,
    split: comparison.split,
    generated: comparison.generated,
    models: comparison.models.map((model, index) => ({
      id: model.modelId,
      name: model.name,
      precision: model.precision,
      io: model.io,
      bytes: model.bytes,
      top1: model.top1,
      correct: model.correct,
      total: model.total,
      interval: model.top1Interval,
      topK: topKAccuracies(labels.length, comparison.answers, index),
      calibration: calibrationOf(comparison.answers, index),
      ...(threshold === undefined
        ? {}
        : { atThreshold: { threshold, ...coverageAt(comparison.answers, index, threshold) } }),
      latencyMs: model.latencyMs,
      threadedLatencyMs: model.threadedLatencyMs,
      memory: model.memory,
      loadMs: model.loadMs,
      classes: model.classes,
      confusion: model.confusion,
      provenance: model.provenance,
    })),
    machine: comparison.machine,
    labels,
    difference: withoutFlips(differences[0]),
    ...(differences.length > 1 ? { differences: differences.map(withoutFlips) } : {}),
    flips: differences.flatMap(({ secondId, flips }) =>
      flips.map((flip) => ({
        modelId: secondId,
        photoId: flip.photoId,
        fileName: flip.fileName,
        truth: name(flip.truth),
        first: { label: name(flip.first.answer), probability: flip.first.probability },
        second: { label: name(flip.second.answer), probability: flip.second.probability },
        kind: flip.kind,
        lostConfidence: flip.lostConfidence,
      })),
    ),
    skipped: comparison.skipped,
    verdict: comparison.verdict,
  };
}

function withoutFlips(difference: Comparison['differences'][number] | undefined) {
  if (!difference) return undefined;
  const { flips, ...rest } = difference;
  return { ...rest, flips: flips.length };
}

export function comparisonTable(comparison: Comparison): string {
  const threads = threadsOf(comparison);
  const rows = comparison.models.map((model, index) => {
    const difference = index === 0 ? undefined : comparison.differences[index - 1];
    const { error } = calibrationOf(comparison.answers, index);
    return [
      `${model.modelId} ${model.precision}`,
      `${formatShare(model.top1)} (${model.correct}/${model.total})`,
      `${formatShare(model.top1Interval.low)} to ${formatShare(model.top1Interval.high)}`,
      difference ? formatPoints(difference.top1) : '',
      error === undefined ? '–' : formatShare(error),
      formatBytes(model.bytes),
      formatMilliseconds(model.latencyMs.p50),
      formatMilliseconds(model.latencyMs.p95),
      ...(threads === undefined ? [] : latencyCells(model.threadedLatencyMs)),
      model.memory ? formatBytes(model.memory.peakBytes) : notMeasured,
    ];
  });
  const photos = comparison.generated ? 'generated pictures' : 'photos';
  const first = comparison.models[0];
  const notes = [
    `Accuracy on ${first?.total ?? 0} ${photos} of the ${comparison.split} split, with its 95 % interval.`,
    'ECE: expected calibration error of the probabilities, over bins of equal mass.',
    ...describeCosts(comparison),
  ];
  if (comparison.generated) {
    notes.push(
      'The pictures were drawn by the sample generator: this says nothing of photographs.',
    );
  }
  const table = formatTable(
    [
      { header: 'Model' },
      { header: 'Top-1', align: 'right' },
      { header: '95 % interval', align: 'right' },
      { header: 'Difference', align: 'right' },
      { header: 'ECE', align: 'right' },
      { header: 'Size', align: 'right' },
      { header: 'p50', align: 'right' },
      { header: 'p95', align: 'right' },
      ...(threads === undefined
        ? []
        : ['p50', 'p95'].map((name) => ({
            header: `${name}, ${threads} threads`,
            align: 'right' as const,
          }))),
      { header: 'Memory', align: 'right' },
    ],
    rows,
  );
  return `${table}\n\n${notes.join('\n')}`;
}

function latencyCells(latency: Latency | undefined): string[] {
  return latency
    ? [formatMilliseconds(latency.p50), formatMilliseconds(latency.p95)]
    : [notMeasured, ''];
}

interface Asked {
  /** The least probability, 0..1, with which an app would show an answer. */
  threshold?: number;
  slices?: Slices[];
  robustness?: Robustness;
}

export function comparisonAnswer(
  comparison: Comparison,
  { threshold, slices, robustness }: Asked = {},
): Answer {
  const parts = [
    comparisonTable(comparison),
    ...(threshold === undefined ? [] : [coverageLines(comparison, threshold)]),
    ...(slices === undefined ? [] : [slicesText(comparison, slices)]),
    ...(robustness === undefined ? [] : [robustnessTable(comparison, robustness)]),
    comparison.verdict,
  ];
  return {
    json: { ...comparisonJson(comparison, threshold), slices, robustness },
    text: parts.join('\n\n'),
  };
}

function coverageLines({ models, answers }: Comparison, threshold: number): string {
  const lines = models.map(({ modelId, precision }, index) => {
    const { answered, correct } = coverageAt(answers, index, threshold);
    const right = answered === 0 ? '' : `, ${formatShare(correct / answered)} of them rightly`;
    return `  ${modelId} ${precision} answers ${answered} of ${answers.length}${right}.`;
  });
  return `An app that is silent below ${formatShare(threshold)}:\n${lines.join('\n')}`;
}
