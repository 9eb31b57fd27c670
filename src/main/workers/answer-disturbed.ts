import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/api/errors';
import { topAnswer } from '../../shared/domain/comparison-math';
import { type PixelRecipe, pixelRecipeKey } from '../../shared/domain/preprocessing';
import { createRandom } from '../../shared/domain/random';
import { disturbances, disturbanceStrengths } from '../../shared/domain/robustness';
import { disturbPicture } from '../engine/image/disturb-picture';
import { type Classifier, createClassifier } from '../engine/runtime/classifier';
import type { LoadedModel } from '../engine/runtime/runtime';
import { readModelInput } from './model-input';
import { failureOf } from './model-inputs';
import { readModelFile } from './read-model-file';
import type { TaskImplementation } from './task-context';
import type { PhotoFailure, PhotoSource } from './tasks';

/** Models that see the very same pixels. */
interface Group {
  recipe: PixelRecipe;
  members: { place: number; classify: Classifier }[];
}

export const answerDisturbed: TaskImplementation<'answer-disturbed'> = async (input, context) => {
  const { photos, cacheFile } = input;
  const { signal, report } = context;
  throwIfCancelled(signal);
  const cache = context.cache(cacheFile);
  const empty = () => input.models.map(() => new Int32Array(photos.length));
  const plain = empty();
  const variants = disturbances.flatMap((disturbance) =>
    disturbanceStrengths[disturbance].map((strength) => {
      return { disturbance, strength, answers: empty() };
    }),
  );
  const failures: PhotoFailure[] = [];
  const runtime = await context.runtime();
  const loaded: LoadedModel[] = [];

  async function answerPhoto(photo: PhotoSource, index: number, groups: readonly Group[]) {
    for (const { recipe, members } of groups) {
      const { width, height } = recipe;
      const data = await readModelInput(photo, recipe, cache);
      const answerAll = async (pixels: Uint8Array, rows: readonly Int32Array[]) => {
        for (const { place, classify } of members) {
          const row = rows[place];
          if (row) row[index] = topAnswer(await classify(pixels));
        }
      };
      await answerAll(data, plain);
      for (const { disturbance, strength, answers } of variants) {
        // Inference keeps the thread busy: a cancel message gets in only here.
        await nextTurn();
        throwIfCancelled(signal);
        // By photo alone: all models, and all strengths, get the same noise and the same side.
        const random = createRandom(photo.photoId);
        const image = { width, height, data };
        await answerAll(await disturbPicture(image, disturbance, strength, random), answers);
      }
    }
  }

  try {
    const groups = new Map<string, Group>();
    for (const [place, { file, preprocessing }] of input.models.entries()) {
      const model = await runtime.load(await readModelFile(file));
      loaded.push(model);
      const key = pixelRecipeKey(preprocessing);
      const group = groups.get(key) ?? { recipe: preprocessing, members: [] };
      group.members.push({ place, classify: createClassifier(model, preprocessing) });
      groups.set(key, group);
    }
    for (const [index, photo] of photos.entries()) {
      try {
        await answerPhoto(photo, index, [...groups.values()]);
      } catch (error) {
        failures.push(failureOf(photo, error));
      }
      report({ done: index + 1 });
    }
  } finally {
    for (const model of loaded) model.dispose();
  }
  return { plain, disturbed: variants, failures, runtime: runtime.name };
};
