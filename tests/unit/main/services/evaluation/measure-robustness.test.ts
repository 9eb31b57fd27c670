import { createEvaluationService } from '@main/services/evaluation/evaluation-service';
import type { TaskRegistry } from '@main/workers/serve-tasks';
import { disturbances, disturbanceStrengths } from '@shared/domain/robustness';
import { describe, expect, it } from 'vitest';
import { createFakeComparison } from '../../../../fakes/fake-comparison';
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
const comparisonId = 'comparison-1';
const truths = [0, 1, 0, 1, 0, 1];

/** The first is right on all; the second takes all noisy photos for class 0, photo 6 always fails. */
const answerDisturbed: TaskRegistry['answer-disturbed'] = ({ photos, models }, { report }) => {
  const rows = (isNoisy: boolean) =>
    models.map((_, model) =>
      Int32Array.from(photos, ({ photoId }) =>
        model === 1 && isNoisy ? 0 : (truths[photoId - 1] ?? 0),
      ),
    );
  report({ done: photos.length });
  return Promise.resolve({
    plain: rows(false),
    disturbed: disturbances.flatMap((disturbance) =>
      disturbanceStrengths[disturbance].map((strength) => {
        return { disturbance, strength, answers: rows(disturbance === 'noise') };
      }),
    ),
    failures: photos.flatMap(({ photoId }) =>
      photoId === 6 ? [{ photoId, reason: '6.jpg is gone.' }] : [],
    ),
    runtime: 'Fake runtime 1.0',
  });
};

function open(answered = truths.length) {
  const project = createFakeProject({ 'answer-disturbed': answerDisturbed });
  const jobs = createFakeJobs();
  const service = createEvaluationService({
    context: project.context,
    jobs,
    dataset: createFakeDataset([createFakeVersion(versionPhotos('test', 1, 6))]),
    models: createFakeModelLibrary(project.folder, [
      createFakeModel(),
      createFakeModel({ id: 'model-2', precision: 'int8' }),
    ]),
  });
  const answers = truths.slice(0, answered).map((truth, index) => {
    return {
      photoId: index + 1,
      truth,
      probabilities: [
        [1, 0],
        [1, 0],
      ],
    };
  });
  const comparison = createFakeComparison({ id: comparisonId, answers });
  project.context.database.run(
    'INSERT INTO comparisons (id, created_at, record) VALUES (?, ?, ?)',
    [comparisonId, comparison.createdAt, JSON.stringify(comparison)],
  );
  const { handlers } = service;
  return {
    jobs,
    service,
    start: () => handlers['evaluation.disturb']({ comparisonId }, call),
    stored: async () =>
      (await handlers['evaluation.robustness']({ comparisonId }, call)).robustness,
  };
}

describe('evaluation.disturb', () => {
  it('keeps what each model has right at each strength, without photos that can’t be read', async () => {
    const { jobs, start, stored } = open();
    expect(await stored()).toBeUndefined();
    await start();
    await jobs.last().run();
    expect(jobs.last().log).toEqual(['6.jpg is gone.']);
    const measured = await stored();
    expect(measured).toMatchObject({ photos: 5, runtime: 'Fake runtime 1.0' });
    expect(measured?.plain.map(({ correct }) => correct)).toEqual([5, 5]);
    expect(measured?.effects.map(({ disturbance }) => disturbance)).toEqual(disturbances);
    const noise = measured?.effects.find(({ disturbance }) => disturbance === 'noise');
    expect(noise?.levels.map(({ strength }) => strength)).toEqual([...disturbanceStrengths.noise]);
    for (const { models } of noise?.levels ?? []) {
      expect(models).toMatchObject([
        { correct: 5, agreement: 1 },
        { correct: 3, agreement: 0.6 },
      ]);
    }
  });

  it('is told in both reports', async () => {
    const { jobs, start, service } = open();
    expect(await service.report(comparisonId, 'html')).not.toContain('As pictures get worse');
    await start();
    await jobs.last().run();
    const page = await service.report(comparisonId, 'html');
    expect(page).toContain('As pictures get worse');
    expect(page).toContain('Noise: deviation, of 255 75');
    const report = JSON.parse(await service.report(comparisonId, 'json'));
    expect(report.robustness.photos).toBe(5);
  });

  it('says what to do when none of the photos is there any more', async () => {
    const { jobs, start } = open(0);
    await start();
    await expect(jobs.last().run()).rejects.toMatchObject({
      code: 'not-ready',
      message: 'None of the compared photos is in the project any more.',
    });
  });

  it('keeps nothing when it is cancelled', async () => {
    const { jobs, start, stored } = open();
    await start();
    jobs.last().cancel();
    await expect(jobs.last().run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(await stored()).toBeUndefined();
  });
});
