import type { Model } from '../../../shared/domain/model';
import type { LeftOut, MeasuredModel, TradeOff } from '../../../shared/domain/trade-off';
import type { ComparisonRepository, Measurement } from './comparison-repository';

/** Comparisons looked at; those before them have little to say of the models of today. */
const looked = 30;

/**
 * Figures belong side by side when they are of the same photos by the same runtime on the same computer: those
 * of the newest comparison. Of each model its newest ones.
 * @returns undefined when none of `models` was compared.
 */
export function tradeOffOf(
  models: readonly Model[],
  comparisons: Pick<ComparisonRepository, 'measured'>,
): TradeOff | undefined {
  const known = new Set(models.map(({ id }) => id));
  const measured = comparisons
    .measured(looked)
    .flatMap((measurement) => resultsOf(measurement))
    .filter(({ result }) => known.has(result.modelId));
  const [newest] = measured;
  if (!newest) return undefined;
  const found: TradeOff = {
    split: newest.of.split,
    photos: newest.of.photos.split(',').length,
    runtime: newest.result.provenance.by,
    cpu: newest.of.machine?.cpu,
    threads: newest.result.threadedLatencyMs?.threads,
    generated: newest.of.generated,
    models: [],
    leftOut: [],
  };
  for (const { id, name } of models) {
    const own = measured.filter(({ result }) => result.modelId === id);
    const onSame = own.filter(({ of }) => of.photos === newest.of.photos);
    const bySame = onSame.filter(({ result }) => result.provenance.by === found.runtime);
    const fitting = bySame.find(({ of }) => mayBeSame(of.machine?.cpu, found.cpu));
    if (fitting) found.models.push({ ...figuresOf(fitting, found.threads), modelId: id, name });
    else found.leftOut.push({ modelId: id, name, why: whyNot(own, onSame, bySame) });
  }
  return found;
}

interface Measured {
  of: Measurement;
  result: Measurement['models'][number];
}

const resultsOf = (of: Measurement): Measured[] => of.models.map((result) => ({ of, result }));

/** Comparisons of before do not tell their computer. */
const mayBeSame = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;

function figuresOf(
  { of, result }: Measured,
  threads: number | undefined,
): Omit<MeasuredModel, 'modelId' | 'name'> {
  const { precision, bytes, top1, top1Interval, latencyMs, threadedLatencyMs, memory } = result;
  return {
    precision,
    bytes,
    top1,
    top1Interval,
    p50: latencyMs.p50,
    threadedP50: threadedLatencyMs?.threads === threads ? threadedLatencyMs?.p50 : undefined,
    peakBytes: memory?.peakBytes,
    comparisonId: of.id,
  };
}

function whyNot(
  own: readonly Measured[],
  onSame: readonly Measured[],
  bySame: readonly Measured[],
): LeftOut['why'] {
  if (bySame.length > 0) return 'other-computer';
  if (onSame.length > 0) return 'other-runtime';
  return own.length > 0 ? 'other-photos' : 'never-compared';
}
