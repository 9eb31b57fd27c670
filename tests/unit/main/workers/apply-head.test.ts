import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { openCacheStore } from '@main/platform/cache-store';
import { answerPhotos } from '@main/workers/answer-photos';
import { applyHead } from '@main/workers/apply-head';
import { readHead } from '@main/workers/read-head';
import { trainClassifier } from '@main/workers/train-classifier';
import { backboneRecipe } from '@shared/domain/backbone';
import { trainingSettingsSchema } from '@shared/domain/model';
import { createTaskContext } from '../../../fakes/fake-task-context';
import { cacheSmallPhotos, writeSmallBackbone } from '../../../fixtures/small-backbone';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

/** A classifier trained on photos of three colors, and what runs on it. */
async function train(hiddenUnits: number) {
  const folder = temporaryFolder();
  const store = openCacheStore(join(folder, 'cache.sqlite'));
  onTestFinished(() => store.close());
  const { backbone, file: backboneFile } = writeSmallBackbone(folder);
  const photos = cacheSmallPhotos(store, backbone, 60);
  const modelFile = join(folder, 'model.tflite');
  const context = createTaskContext(runtime, { cache: () => store });
  const recipe = backboneRecipe(backbone);
  const { preprocessing } = await trainClassifier(
    {
      photos,
      labels: ['red', 'green', 'blue'],
      backbone,
      backboneFile,
      recipe,
      settings: trainingSettingsSchema.parse({ epochs: 30, learningRate: 0.05, hiddenUnits }),
      cacheFile: '',
      outputFile: modelFile,
      stopFlag: new SharedArrayBuffer(4),
    },
    context,
  );
  const head = await readHead(
    { modelFile, featureWidth: backbone.featureWidth },
    createTaskContext(runtime),
  );
  const whole = await answerPhotos({ modelFile, preprocessing, photos, cacheFile: '' }, context);
  const asked = { head, labelIds: [7, 8, 9], photos, backbone, recipe, cacheFile: '' };
  return { ...whole, asked, context };
}

it.each([0, 6])(
  'answers from features as the whole model does from pixels, within 1e-4 (hidden units: %i)',
  async (hiddenUnits) => {
    const { asked, context, probabilities } = await train(hiddenUnits);
    const answers = await applyHead(asked, context);
    expect([...answers.photoIds]).toEqual(asked.photos.map(({ photoId }) => photoId));
    answers.photoIds.forEach((_, row) => {
      const whole = probabilities.subarray(row * 3, row * 3 + 3);
      const [first = 0, second = 0] = [...whole].sort((a, b) => b - a);
      expect(answers.labelIds[row]).toBe(7 + whole.indexOf(first));
      expect(Math.abs((answers.probabilities[row] ?? 0) - first)).toBeLessThan(1e-4);
      expect(Math.abs((answers.uncertainties[row] ?? 0) - (1 - (first - second)))).toBeLessThan(
        1e-4,
      );
    });
    expect(new Set(answers.labelIds)).toEqual(new Set([7, 8, 9]));
  },
);

it('leaves out photos without features and labels that are gone, and stops when told to', async () => {
  const { asked, context } = await train(0);
  const stranger = { photoId: 500, sha256: 'f'.repeat(64), path: '' };
  const { photoIds, labelIds } = await applyHead(
    { ...asked, labelIds: [7, 0, 9], photos: [...asked.photos, stranger] },
    context,
  );
  expect(photoIds).toHaveLength(60);
  expect([...photoIds]).not.toContain(500);
  expect(new Set(labelIds)).toEqual(new Set([7, 9]));
  const signal = AbortSignal.abort();
  await expect(applyHead(asked, { ...context, signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
});
