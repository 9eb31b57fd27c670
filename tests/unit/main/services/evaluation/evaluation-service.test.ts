import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import {
  createEvaluationService,
  type EvaluationService,
} from '@main/services/evaluation/evaluation-service';
import type { TaskRegistry } from '@main/workers/serve-tasks';
import { AppError } from '@shared/api/errors';
import type { DatasetVersion } from '@shared/domain/dataset-version';
import type { Model } from '@shared/domain/model';
import {
  createFakeDataset,
  createFakeVersion,
  type FakeDataset,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { evaluationTasks } from '../../../../fakes/evaluation-tasks';
import { createFakeJobs, type FakeJobs } from '../../../../fakes/fake-jobs';
import { createFakeModel, createPreprocessing } from '../../../../fakes/fake-model';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createFakeProject, type FakeProject } from '../../../../fakes/fake-project';

const context = { signal: new AbortController().signal };

/** 40 test photos, 1 to 40, half banana, half hat; 20 to train on and 4 to validate. */
const photos = [
  ...versionPhotos('test', 1, 40),
  ...versionPhotos('train', 101, 20),
  ...versionPhotos('validation', 201, 4),
];

const floatModel = createFakeModel();
const int8Model = createFakeModel({
  id: 'model-2',
  name: 'Lite0 · int8',
  precision: 'int8',
  bytes: 1000,
  parentId: 'model-1',
});

let project: FakeProject;
let jobs: FakeJobs;
let dataset: FakeDataset;
let service: EvaluationService;

function open(
  records: Model[] = [floatModel, int8Model],
  versions: DatasetVersion[] = [createFakeVersion(photos)],
  tasks: Partial<TaskRegistry> = evaluationTasks,
): void {
  project = createFakeProject(tasks);
  jobs = createFakeJobs();
  dataset = createFakeDataset(versions);
  const models = createFakeModelLibrary(project.folder, records);
  service = createEvaluationService({ context: project.context, jobs, dataset, models });
}

const compare = async (modelIds = ['model-1', 'model-2'], split: 'test' | 'train' = 'test') =>
  service.handlers['evaluation.compare']({ modelIds, split }, context);

const saved = () =>
  project.context.database.all<{ id: string }>('SELECT id FROM comparisons').length;

describe('evaluation.compare', () => {
  it('holds models against each other on the test photos and keeps the result', async () => {
    open();
    await compare();
    const result = await jobs.last().run();
    expect(result).toEqual({ comparisonId: 'comparison-1' });
    expect(project.events).toEqual(['evaluation.changed']);
    expect(jobs.last().done).toBe(jobs.last().total);

    const comparison = service.comparisons.get('comparison-1');
    expect(comparison.answers).toHaveLength(40);
    expect(comparison.models.map(({ correct, total }) => [correct, total])).toEqual([
      [40, 40],
      [39, 40],
    ]);
    expect(comparison.models[1]).toMatchObject({
      confusion: [
        [19, 1],
        [0, 20],
      ],
      loadMs: 30,
      latencyMs: { runs: 50, warmupRuns: 8, threads: 1 },
      threadedLatencyMs: { runs: 50, warmupRuns: 8, threads: 2 },
      memory: { peakBytes: 8000, of: 'process' },
      provenance: {
        kind: 'measured',
        on: '40 test photos of version-1',
        by: 'Fake runtime 1.0, 1 thread',
        at: '2026-03-04T09:30:00.000Z',
      },
    });
    expect(comparison.models[1]?.latencyMs.p50).toBeCloseTo(4.0245, 6);
    expect(comparison.models[1]?.threadedLatencyMs?.p50).toBeCloseTo(2.01225, 6);
    expect(comparison.machine).toEqual({
      cpu: expect.stringMatching(/./),
      cores: availableParallelism(),
      runtime: 'Fake runtime 1.0',
    });
    const [difference] = comparison.differences;
    expect(difference).toMatchObject({ lost: 1, gained: 0, pValue: 1, sizeRatio: 4 });
    expect(difference?.flips).toMatchObject([
      { photoId: 3, fileName: '3.jpg', kind: 'lost', first: { answer: 0 }, second: { answer: 1 } },
    ]);
    expect(comparison.verdict).toContain('loses 1 of 40 test photos, which is within chance');
  });

  it('keeps a note, and refuses one for a comparison that is not there', async () => {
    open();
    await compare();
    await jobs.last().run();
    const setNote = service.handlers['evaluation.setNote'];
    await setNote({ comparisonId: 'comparison-1', note: 'For <Ann>' }, context);
    expect(project.events.filter((event) => event === 'evaluation.changed')).toHaveLength(2);
    const { comparisons } = await service.handlers['evaluation.comparisons']({}, context);
    expect(comparisons[0]?.note).toBe('For <Ann>');
    expect(service.comparisons.get('comparison-1').note).toBe('For <Ann>');
    const gone = async () => setNote({ comparisonId: 'comparison-9', note: '' }, context);
    await expect(gone()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('opens saved comparisons again without running', async () => {
    open();
    await compare();
    await jobs.last().run();
    await jobs.last().run();
    const { comparisons } = await service.handlers['evaluation.comparisons']({}, context);
    expect(comparisons.map(({ id, modelIds }) => [id, modelIds])).toEqual([
      ['comparison-2', ['model-1', 'model-2']],
      ['comparison-1', ['model-1', 'model-2']],
    ]);
    expect(service.comparisons.latestWith('model-2')?.id).toBe('comparison-2');
    expect(service.comparisons.latestWith('model-9')).toBeUndefined();
    expect(() => service.comparisons.get('comparison-9')).toThrow('There is no comparison-9');
  });

  it('never uses a photo that one of the models was trained on, and says how many', async () => {
    // The second model's version has the first one's test photos 1 to 10 in its training.
    const other = createFakeVersion(versionPhotos('train', 1, 10), { id: 'version-2' });
    const second = createFakeModel({ id: 'model-2', name: 'Newer', versionId: 'version-2' });
    open([floatModel, second], [createFakeVersion(photos), other]);
    await compare();
    await jobs.last().run();
    const comparison = service.comparisons.get('comparison-1');
    expect(comparison.answers.map(({ photoId }) => photoId)).not.toContain(10);
    expect(comparison.answers).toHaveLength(30);
    expect(comparison.skipped).toHaveLength(10);
    expect(comparison.skipped[0]).toEqual({ photoId: 1, reason: 'Newer was trained on it.' });
    expect(jobs.last().log).toEqual(['10 photos left out: 10 × Newer was trained on it.']);
  });

  it('lists missing and unreadable photos as left out, and counts the others', async () => {
    const answerPhotos = evaluationTasks['answer-photos'];
    open(undefined, undefined, {
      ...evaluationTasks,
      'answer-photos': async (input, task) => {
        const output = await answerPhotos?.(input, task);
        if (!output) throw new Error('The test has an answer task');
        const broken = input.photos.filter(({ photoId }) => photoId === 5);
        const failures = broken.map(({ photoId }) => ({ photoId, reason: 'It is cut short.' }));
        return { ...output, failures };
      },
    });
    dataset.files.delete(4);
    await compare();
    await jobs.last().run();
    const comparison = service.comparisons.get('comparison-1');
    expect(comparison.skipped).toEqual([
      { photoId: 4, reason: 'The file is missing.' },
      { photoId: 5, reason: 'It is cut short.' },
    ]);
    expect(comparison.models.map(({ total }) => total)).toEqual([38, 38]);
    expect(comparison.differences[0]?.flips.map(({ photoId }) => photoId)).toEqual([3]);
  });

  it('says what can’t be compared before a job is queued', async () => {
    const renamed = createFakeModel({
      id: 'model-3',
      name: 'Other',
      preprocessing: createPreprocessing({ labels: ['banana', 'cap'] }),
    });
    open([floatModel, int8Model, renamed]);
    await expect(compare(['model-1', 'model-3'])).rejects.toThrow(
      'Lite0 and Other tell different labels apart.',
    );
    await expect(compare(['model-1', 'model-1'])).rejects.toThrow('compared with itself');
    await expect(compare(['model-1', 'model-9'])).rejects.toMatchObject({ code: 'not-found' });
    await expect(compare(undefined, 'train')).rejects.toThrow('say nothing about how good it is');
    expect(jobs.started).toHaveLength(0);
  });

  it('needs test photos', async () => {
    open(undefined, [createFakeVersion(versionPhotos('train', 1, 20))]);
    await expect(compare()).rejects.toMatchObject({
      code: 'not-ready',
      message: 'There are no test photos in version-1, the photos of the first model.',
    });
    open();
    for (const { photoId } of photos) dataset.files.delete(photoId);
    await expect(compare()).rejects.toThrow(
      'None of the 40 test photos can be used (40 × The file is missing.)',
    );
  });

  it('leaves nothing behind when cancelled while answering', async () => {
    open(undefined, undefined, {
      ...evaluationTasks,
      'answer-photos': (_, { signal }) => {
        jobs.last().cancel();
        return Promise.reject(
          signal.aborted ? new AppError('cancelled', 'Cancelled.') : new Error('Not told to stop'),
        );
      },
    });
    await compare();
    await expect(jobs.last().run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(saved()).toBe(0);
    expect(project.events).toEqual([]);
  });

  it('leaves nothing behind when cancelled in the last moment', async () => {
    const measure = evaluationTasks['measure-latency'];
    open(undefined, undefined, {
      ...evaluationTasks,
      'measure-latency': (input, task) => {
        jobs.last().cancel();
        if (!measure) throw new Error('The test has a timing task');
        return measure(input, task);
      },
    });
    await compare();
    await expect(jobs.last().run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(saved()).toBe(0);
  });

  it('fails as a whole when a model can’t be run', async () => {
    open(undefined, undefined, {
      ...evaluationTasks,
      'answer-photos': () => Promise.reject(new AppError('model-broken', 'LiteRT refused it.')),
    });
    await compare();
    await expect(jobs.last().run()).rejects.toMatchObject({ code: 'model-broken' });
    expect(saved()).toBe(0);
  });
});

describe('report', () => {
  it('comes as a page and for programs', async () => {
    open();
    project.context.cache.put('thumbnail', '3'.padStart(64, '0'), new Uint8Array([0xff, 0xd8]));
    await compare();
    await jobs.last().run();
    const page = await service.report('comparison-1', 'html');
    expect(page).toContain('src="data:image/jpeg;base64,/9g="');
    const record = JSON.parse(await service.report('comparison-1', 'json'));
    expect(record).toMatchObject({ format: 'pocketlens-comparison', formatVersion: 1 });
    expect(record.comparison).toEqual(service.comparisons.get('comparison-1'));
    expect(record.models.map((model: Model) => model.id)).toEqual(['model-2', 'model-1']);
    expect(JSON.stringify(record)).not.toContain(project.folder);
    await expect(service.report('comparison-2', 'html')).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
