import { AppError } from '../../../shared/api/errors';
import type { Model, Precision } from '../../../shared/domain/model';
import type { CrossCheck } from '../../workers/tasks';
import type { Dataset, JobHandle, ProjectContext } from '../ports';
import type { ExportedModel } from './exported-model';
import { photosAtHand } from './photos-at-hand';

/** Enough to show what one runtime reads wrongly, few enough to take a second. */
const photosWanted = 16;

/**
 * What a probability may differ by between two implementations. Where layers round to 8 bits, another order
 * of additions moves some values by a step, and steps add up; a file that one of them misreads differs by
 * nearly 1.
 */
const largestAllowed = { float: 0.001, rounded: 0.25 } as const;

/**
 * Each exported file on both implementations of LiteRT, on photos spread over the test split (without test
 * photos at hand over validation's, else training's).
 * @returns in the order of `models`; undefined for each where there is no second implementation or no photo.
 * @throws AppError 'model-broken' when a file answers otherwise on one of them, 'cancelled'.
 */
export async function crossCheckModels(
  models: readonly [ExportedModel, ...ExportedModel[]],
  { signal }: JobHandle,
  { context, dataset }: { context: ProjectContext; dataset: Dataset },
): Promise<(CrossCheck | undefined)[]> {
  const all = photosAtHand(dataset.version(models[0].model.versionId).photos, dataset);
  const present = all.filter(({ photo }) => photo.split === all[0]?.photo.split);
  const step = Math.max(1, Math.floor(present.length / photosWanted));
  const photos = present
    .filter((_, position) => position % step === 0)
    .slice(0, photosWanted)
    .map(({ source }) => source);
  const checks: (CrossCheck | undefined)[] = [];
  for (const { model, source } of models) {
    const { checked } = await context.workers.run(
      'cross-check',
      {
        modelFile: source,
        preprocessing: model.preprocessing,
        photos,
        cacheFile: context.cacheFile,
      },
      { signal },
    );
    if (checked) refuseDifference(model, checked);
    checks.push(checked);
  }
  return checks;
}

const roundedPrecisions: readonly Precision[] = ['int8', 'int16x8', 'dynamic-range'];

function refuseDifference(model: Model, { runtimes, largestDifference }: CrossCheck): void {
  const isRounded = roundedPrecisions.includes(model.precision);
  if (largestDifference <= (isRounded ? largestAllowed.rounded : largestAllowed.float)) return;
  throw new AppError(
    'model-broken',
    `${model.name} answers otherwise on ${runtimes[1]} than on ${runtimes[0]}: a probability differs by ${largestDifference.toPrecision(2)}. Nothing was exported.`,
    'Don’t ship this file: a phone may read it either way. Export its float model, or quantize it to another precision.',
  );
}

/** "on 16 photos, … and … give the same label for 16; a probability differs by at most 0.0004". */
export const describeCrossCheck = (check: CrossCheck): string =>
  `on ${check.photos} photos, ${check.runtimes[0]} and ${check.runtimes[1]} give the same label for ${check.sameLabel}; a probability differs by at most ${Number(check.largestDifference.toPrecision(2))}`;
