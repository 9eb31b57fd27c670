import { chooseCalibration } from '@main/services/quantization/choose-calibration';
import { spreadPhotos } from '@main/workers/spread-photos';
import { calibrationChoiceSchema, quantizationSettingsSchema } from '@shared/domain/model';
import { expect, it } from 'vitest';
import { fakeSha256, versionPhotos } from '../../../../fakes/fake-dataset';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createFakeProject } from '../../../../fakes/fake-project';
import { createFakeSimilarity } from '../../../../fakes/fake-similarity';

type Choice = (typeof calibrationChoiceSchema.options)[number];
const { signal } = new AbortController();

/** Photos 1 to 20 lie close together on a circle, 100, 190 and 280 far off. */
const photos = [
  ...versionPhotos('train', 1, 20),
  ...[100, 190, 280].flatMap((id) => versionPhotos('train', id, 1)),
  ...versionPhotos('validation', 300, 5),
  ...versionPhotos('test', 320, 5),
];
const present = photos.map((photo) => ({
  photo,
  source: {
    photoId: photo.photoId,
    sha256: fakeSha256(photo.photoId),
    path: `/photos/${photo.photoId}.jpg`,
  },
}));

/** The model is surer of a photo the higher its number; photo 2 can't be read. */
function choose(choice: Choice, count: number, embedded = photos.map(({ photoId }) => photoId)) {
  const project = createFakeProject({
    'spread-photos': spreadPhotos,
    'answer-photos': async (input) => {
      const probabilities = new Float32Array(input.photos.length * 2);
      input.photos.forEach(({ photoId }, row) => {
        probabilities[row * 2] = 0.5 + photoId / 1000;
        probabilities[row * 2 + 1] = 0.5 - photoId / 1000;
      });
      const failures = [{ photoId: 2, reason: 'It is gone.' }];
      return { probabilities, failures, runtime: 'Fake runtime 1.0' };
    },
  });
  const parts = {
    ...project,
    models: createFakeModelLibrary(project.folder),
    similarity: createFakeSimilarity(embedded),
  };
  const { calibration } = quantizationSettingsSchema.parse({ calibration: { count, choice } });
  return chooseCalibration(parts, createFakeModel(), present, calibration, signal);
}

const ids = async (chosen: ReturnType<typeof choose>) =>
  (await chosen).map(({ photoId }) => photoId).sort((a, b) => a - b);

it('diverse photos are those that differ most from one another', async () => {
  const chosen = await ids(choose('diverse', 4));
  expect(chosen.slice(1)).toEqual([100, 190, 280]);
  expect(chosen[0]).toBeLessThan(21);
});

it('where features are missing, others follow label by label', async () => {
  const chosen = await ids(choose('diverse', 6, [100, 190]));
  expect(chosen).toHaveLength(6);
  expect(chosen).toEqual(expect.arrayContaining([100, 190]));
});

it('hard photos are those that the float model is least sure of, and could answer', async () => {
  expect(await ids(choose('hard', 4))).toEqual([1, 3, 4, 5]);
});

it.each(calibrationChoiceSchema.options)('%s: training photos only, each once', async (choice) => {
  const chosen = await ids(choose(choice, 50));
  expect(new Set(chosen).size).toBe(chosen.length);
  expect(chosen).toHaveLength(23);
  expect(Math.max(...chosen)).toBe(280);
});
