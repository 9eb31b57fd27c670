import { createPreprocessingService } from '@main/services/preprocessing/preprocessing-service';
import type { TaskInput } from '@main/workers/tasks';
import type { VersionPhoto } from '@shared/domain/dataset-version';
import { describe, expect, it } from 'vitest';
import {
  createFakeDataset,
  createFakeVersion,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { createFakeJobs } from '../../../../fakes/fake-jobs';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createFakeProject } from '../../../../fakes/fake-project';

const call = { signal: new AbortController().signal };
const test = versionPhotos('test', 101, 20);

/** Right for all photos; with BGR always "hat", mirrored right but for one. */
function open(photos: VersionPhoto[], failing: readonly number[] = []) {
  const asked: TaskInput<'check-preprocessing'>['photos'] = [];
  const project = createFakeProject({
    'check-preprocessing': async (input, { report }) => {
      asked.push(...input.photos);
      report({ done: input.photos.length });
      const rows = (answer: (truth: number, photoId: number) => number) => {
        const probabilities = new Float32Array(input.photos.length * 2);
        input.photos.forEach(({ photoId }, row) => {
          if (failing.includes(photoId)) return;
          const truth = photos.find((photo) => photo.photoId === photoId)?.labelIndex ?? 0;
          const at = row * 2 + answer(truth, photoId);
          probabilities[at] = 0.75;
          probabilities[row * 2 + 1 - (at % 2)] = 0.25;
        });
        return probabilities;
      };
      return {
        right: rows((truth) => truth),
        mistakes: [
          { mistake: 'mirrored', probabilities: rows((truth, id) => (id === 101 ? 1 : truth)) },
          { mistake: 'bgr', probabilities: rows(() => 1) },
        ],
        harmless: ['uncropped'],
        failures: input.photos.flatMap(({ photoId }) =>
          failing.includes(photoId) ? [{ photoId, reason: `${photoId} is gone.` }] : [],
        ),
        runtime: 'Fake runtime 1.0',
      };
    },
  });
  const jobs = createFakeJobs();
  const dataset = createFakeDataset([createFakeVersion(photos)]);
  const models = createFakeModelLibrary(project.folder, [createFakeModel()]);
  const { handlers } = createPreprocessingService({ ...project, jobs, dataset, models });
  return {
    jobs,
    dataset,
    asked,
    async check() {
      await handlers['preprocessing.check']({ modelId: 'model-1' }, call);
      await jobs.last().run();
    },
    lastCheck: async () =>
      (await handlers['preprocessing.lastCheck']({ modelId: 'model-1' }, call)).check,
  };
}

describe('preprocessing.check', () => {
  it('scores the right way and each mistake on test photos, worst first', async () => {
    const project = open([...versionPhotos('train', 1, 30), ...test]);
    expect(await project.lastCheck()).toBeUndefined();
    await project.check();
    expect(await project.lastCheck()).toMatchObject({
      split: 'test',
      photos: 20,
      versionId: 'version-1',
      runtime: 'Fake runtime 1.0',
      right: { correct: 20, confidence: 0.75, favorite: { share: 0.5 } },
      effects: [
        { mistake: 'bgr', correct: 10, agreement: 0.5, favorite: { label: 'hat', share: 1 } },
        { mistake: 'mirrored', correct: 19, agreement: 0.95 },
      ],
      harmless: ['uncropped'],
    });
    expect(project.asked.every(({ photoId }) => photoId > 100)).toBe(true);
    expect(project.jobs.last()).toMatchObject({ done: 20, total: 20 });
  });

  it('takes validation photos where there are no test photos, and at most a hundred', async () => {
    const project = open(versionPhotos('validation', 1, 130));
    await project.check();
    expect(await project.lastCheck()).toMatchObject({ split: 'validation', photos: 100 });
  });

  it('leaves out photos that can’t be read, and says so', async () => {
    const project = open(test, [101, 102]);
    await project.check();
    expect(await project.lastCheck()).toMatchObject({ photos: 18, right: { correct: 18 } });
    expect(project.jobs.last().log).toEqual(
      expect.arrayContaining(['101 is gone.', '102 is gone.']),
    );
  });

  it('says what is missing without photos, and when none can be read', async () => {
    const none = open(versionPhotos('train', 1, 5));
    await expect(none.check()).rejects.toMatchObject({ code: 'not-ready' });
    const unreadable = open(
      test,
      test.map(({ photoId }) => photoId),
    );
    await expect(unreadable.check()).rejects.toMatchObject({ code: 'photo-unreadable' });
    expect(await unreadable.lastCheck()).toBeUndefined();
  });

  it('leaves nothing when it is cancelled', async () => {
    const project = open(test);
    const starting = project.check();
    project.jobs.last().cancel();
    await expect(starting).rejects.toMatchObject({ code: 'cancelled' });
    expect(await project.lastCheck()).toBeUndefined();
  });
});
