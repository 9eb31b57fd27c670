import type { Model } from '../../../shared/domain/model';
import type { TradeOff } from '../../../shared/domain/trade-off';
import type { ComparisonRepository, Measurement } from './comparison-repository';

/** Comparisons looked at; those before them have little to say of the models of today. */
const looked = 30;

/**
 * Figures belong side by side when they are of the same photos by the same runtime: those of the newest
 * comparison. Of each model its newest ones.
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
    split: newest.split,
    photos: newest.photoCount,
    runtime: newest.result.provenance.by,
    generated: newest.generated,
    models: [],
    leftOut: [],
  };
  for (const { id, name } of models) {
    const own = measured.filter(({ result }) => result.modelId === id);
    const onSame = own.filter(({ photos }) => photos === newest.photos);
    const fitting = onSame.find(({ result }) => result.provenance.by === found.runtime);
    if (fitting) {
      const { precision, bytes, top1, top1Interval, latencyMs } = fitting.result;
      const { p50 } = latencyMs;
      const { comparisonId } = fitting;
      const figures = { precision, bytes, top1, top1Interval, p50, comparisonId };
      found.models.push({ modelId: id, name, ...figures });
    } else {
      const why =
        onSame.length > 0 ? 'other-runtime' : own.length > 0 ? 'other-photos' : 'never-compared';
      found.leftOut.push({ modelId: id, name, why });
    }
  }
  return found;
}

function resultsOf({ id, split, generated, photoIds, models }: Measurement) {
  // The same photos in any order.
  const photos = [...photoIds].sort((a, b) => a - b).join();
  const photoCount = photoIds.length;
  return models.map((result) => ({
    comparisonId: id,
    split,
    generated,
    photos,
    photoCount,
    result,
  }));
}
