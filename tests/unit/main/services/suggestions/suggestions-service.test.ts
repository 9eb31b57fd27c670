import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { cleanGraph } from '@main/engine/graph/clean-graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { joinHead } from '@main/engine/graph/join-head';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createSuggestionsService } from '@main/services/suggestions/suggestions-service';
import type { TaskRegistry } from '@main/workers/serve-tasks';
import { voteNeighbors } from '@main/workers/vote-neighbors';
import type { ParsedInput } from '@shared/api/contract';
import { throwIfCancelled } from '@shared/api/errors';
import { backbonePreprocessing } from '@shared/domain/backbone';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createCuratedProject } from '../../../../fixtures/curated-project';

const call = { signal: new AbortController().signal };

/** Sixty photos of three things, six of them labeled; suggestions not worked out yet. */
async function setUp({
  photos = 60,
  labeled = 6,
  tasks,
}: {
  photos?: number;
  labeled?: number;
  tasks?: Partial<TaskRegistry>;
} = {}) {
  const project = await createCuratedProject(photos, tasks);
  const { context, service } = project;
  context.database.run('UPDATE photos SET label_id = NULL WHERE id > ?', [labeled]);
  const models = createFakeModelLibrary(project.folder);
  const open = () => {
    const { features, similarity } = project;
    const { dataset } = service;
    const made = createSuggestionsService({
      context,
      dataset,
      models,
      features,
      similarity,
      delaysMs: { labels: 10, features: 10, opened: 10 },
    });
    onTestFinished(() => made.dispose());
    return made;
  };
  const opened = open();
  const { handlers } = opened;
  return {
    ...project,
    models,
    open,
    opened,
    until: (expected: object) =>
      vi.waitFor(async () => expect(await state()).toMatchObject(expected), { timeout: 5000 }),
    compute: () => handlers['suggestions.compute']({}, call),
    state,
    accept: async (input: ParsedInput<'suggestions.accept'>) =>
      handlers['suggestions.accept'](input, call),
    runs: () => project.workers.ran.filter((task) => /vote|apply/.test(task)).length,
  };

  async function state(thresholds: number[] = [0.5]) {
    return handlers['suggestions.state']({ filter: {}, thresholds }, call);
  }
}

/** Of a photo that has no features. */
const unprepared = 'f'.repeat(64);

type Project = Awaited<ReturnType<typeof setUp>>;

/** Adds a model that tells the three things apart by their features. */
async function addModel({ models, backbone, call: ask, context }: Project, id = 'model-1') {
  const builder = new GraphBuilder();
  const width = backbone.featureWidth;
  const features = builder.finish([builder.input('features', [1, width])]);
  const kernel = Float32Array.from({ length: width * 3 }, (_, at) =>
    Math.floor(at / 3) % 3 === at % 3 ? 0.3 : 0,
  );
  const { graph } = cleanGraph(
    joinHead(features, {
      output: { kernel, bias: new Float32Array(3) },
      featureWidth: width,
      classes: 3,
      dropout: 0,
    }),
  );
  const model = createFakeModel({
    id,
    name: 'Lite0 A',
    preprocessing: backbonePreprocessing(backbone, ['banana', 'hat', 'truck']),
  });
  writeFileSync(models.file(model), writeTflite(graph));
  context.database.run("UPDATE photos SET split = 'train' WHERE label_id IS NOT NULL");
  await ask('versions.freeze', { note: '' });
  models.add(model);
  return model;
}

const thingOf = (photoId: number) => ((photoId - 1) % 3) + 1;

async function suggested({ photos }: Project) {
  const listed = await photos({});
  return listed.map(({ id, labelId, suggestion }) => ({ id, labelId, suggestion }));
}

describe('before any model', () => {
  it('the nearest labeled photos propose the rest, and say how many they are', async () => {
    const project = await setUp();
    await project.compute();
    expect(await project.state()).toMatchObject({
      source: { kind: 'neighbors', labeled: 6 },
      answered: 60,
      computing: false,
    });
    for (const { id, labelId, suggestion } of await suggested(project)) {
      if (labelId === undefined) expect(suggestion?.labelId).toBe(thingOf(id));
      else expect(suggestion).toBeUndefined();
    }
    expect(project.events).toContain('suggestions.changed');
    // A labeled photo is answered by the others.
    const [{ id, labelId } = { id: 0 }] = await project.photos({ answer: 'right' });
    expect([id, labelId]).toEqual([1, 1]);
  });

  it('photos of two labels are needed', async () => {
    const project = await setUp({ labeled: 1 });
    await project.compute();
    expect(await project.state()).toMatchObject({
      source: { kind: 'none', reason: 'labels' },
      answered: 0,
    });
    await project.call('dataset.assignLabel', { photoIds: [2], labelId: 2 });
    await project.until({ source: { kind: 'neighbors', labeled: 2 }, answered: 60 });
    await project.call('dataset.assignLabel', { photoIds: [2], labelId: undefined });
    await project.compute();
    expect(await project.state()).toMatchObject({
      source: { kind: 'none', reason: 'labels' },
      answered: 0,
    });
  });

  it('follows labels as they change, at once when two trade theirs', async () => {
    const project = await setUp({ labeled: 2 });
    await project.compute();
    const before = (await suggested(project))[3];
    expect(before?.suggestion?.labelId).toBe(1);
    await project.call('dataset.assignLabels', {
      assignments: [
        { labelId: 2, photoIds: [1] },
        { labelId: 1, photoIds: [2] },
      ],
    });
    await project.compute();
    expect((await suggested(project))[3]?.suggestion?.labelId).toBe(2);
  });

  it('answers what is prepared, the rest once it is', async () => {
    const project = await setUp();
    const features = project.featuresOf(0);
    project.context.database.run(`UPDATE photos SET sha256 = '${unprepared}' WHERE id = 58`);
    await project.compute();
    expect((await project.state()).answered).toBe(59);
    const ran = project.runs();
    project.tellComputed();
    await project.compute();
    expect(project.runs()).toBe(ran);
    project.context.database.run('UPDATE photos SET sha256 = ? WHERE id = 58', [
      '61'.padStart(64, '0'),
    ]);
    project.putFeatures(61, features);
    project.tellComputed();
    await project.compute();
    expect((await project.state()).answered).toBe(60);
  });

  it('while features come, waits until there is much to answer, or until the last have come', async () => {
    const project = await setUp();
    const prepare = (photoId: number, coming: number) => {
      project.context.database.run('UPDATE photos SET sha256 = ? WHERE id = ?', [
        String(photoId + 100).padStart(64, '0'),
        photoId,
      ]);
      project.putFeatures(photoId + 100, project.featuresOf(0));
      project.tellComputed(coming);
    };
    project.context.database.run(
      `UPDATE photos SET sha256 = '${'f'.repeat(62)}' || id WHERE id > 57`,
    );
    await project.compute();
    prepare(58, 10);
    await project.until({ answered: 58, computing: false });
    const ran = project.runs();
    prepare(59, 9);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(project.runs()).toBe(ran);
    prepare(60, 0);
    await project.until({ answered: 60 });
  });

  it('nothing is prepared yet: says so', async () => {
    const project = await setUp();
    project.context.database.run("UPDATE photos SET sha256 = 'f' || substr(sha256, 2)");
    await project.compute();
    expect(await project.state()).toMatchObject({
      source: { kind: 'none', reason: 'features' },
      answered: 0,
    });
  });
});

describe('once there is a model', () => {
  it('it is asked, through its head, and named', async () => {
    const project = await setUp();
    await project.compute();
    await addModel(project);
    await project.until({
      source: { kind: 'model', modelId: 'model-1', name: 'Lite0 A' },
      answered: 60,
      computing: false,
    });
    for (const { id, suggestion, labelId } of await suggested(project))
      if (labelId === undefined) expect(suggestion?.labelId).toBe(thingOf(id));
    const ran = project.runs();
    await project.call('dataset.assignLabel', { photoIds: [20], labelId: 1 });
    await project.compute();
    expect(project.runs()).toBe(ran);
  });

  it('a label that is gone is suggested no more, a renamed one is', async () => {
    const project = await setUp();
    await addModel(project);
    await project.compute();
    await project.call('dataset.renameLabel', { labelId: 2, name: 'cap' });
    await project.call('dataset.deleteLabel', { labelId: 3 });
    await project.compute();
    const labels = new Set((await suggested(project)).map(({ suggestion }) => suggestion?.labelId));
    labels.delete(undefined);
    expect(labels).toEqual(new Set([1, 2]));
    // Once all its labels are gone, the neighbors are asked.
    await project.call('dataset.deleteLabel', { labelId: 1 });
    await project.call('dataset.deleteLabel', { labelId: 2 });
    await project.compute();
    expect((await project.state()).source).toEqual({ kind: 'none', reason: 'labels' });
  });

  it('answers only the photos that came, and asks a newer model about all', async () => {
    const project = await setUp();
    project.context.database.run(`UPDATE photos SET sha256 = '${unprepared}' WHERE id = 58`);
    await addModel(project);
    await project.compute();
    expect((await project.state()).answered).toBe(59);
    project.context.database.run(
      'UPDATE stored_answers SET probability = 0.123 WHERE photo_id = 10',
    );
    project.context.database.run('UPDATE photos SET sha256 = ? WHERE id = 58', [
      '58'.padStart(64, '0'),
    ]);
    project.tellComputed();
    await project.until({ answered: 60 });
    const probability = async () => (await suggested(project))[9]?.suggestion?.probability;
    expect(await probability()).toBe(0.123);
    await addModel(project, 'model-2');
    await project.compute();
    expect(await probability()).toBeGreaterThan(0.5);
    const { database } = project.context;
    expect(database.get('SELECT count(DISTINCT run) AS runs FROM stored_answers')).toMatchObject({
      runs: 1,
    });
  });

  it('a file that can’t be read is told about, and answers stay as they were', async () => {
    const project = await setUp();
    await project.compute();
    const model = await addModel(project);
    writeFileSync(join(project.folder, `${model.id}.tflite`), 'nonsense');
    await expect(project.compute()).rejects.toMatchObject({ code: 'not-ready' });
    expect(await project.state()).toMatchObject({
      source: { kind: 'neighbors' },
      answered: 60,
      problem: expect.stringContaining('model'),
    });
    project.models.records.length = 0;
    await project.compute();
    expect((await project.state()).problem).toBeUndefined();
  });
});

describe('accepting', () => {
  it('labels all at or above the threshold as one edit that undo takes back', async () => {
    const project = await setUp();
    await project.compute();
    await project.call('dataset.setExcluded', { photoIds: [60], excluded: true });
    const { counts } = await project.state([0, 0.9]);
    const [all, certain] = counts;
    expect(all?.photos).toBe(53);
    expect(certain?.photos).toBeGreaterThan(10);
    const before = await project.photos({});
    const { description, photos } = await project.accept({ filter: {}, threshold: 0.9 });
    expect(photos).toBe(certain?.photos);
    expect(description).toBe(`Labeled ${photos} photos as suggested`);
    const labeled = (await project.photos({ unlabeled: false })).filter(({ id }) => id > 6);
    expect(labeled).toHaveLength(photos);
    expect(labeled.every(({ id, labelId }) => labelId === thingOf(id))).toBe(true);
    await project.call('dataset.undo', {});
    expect(await project.photos({})).toEqual(before);
  });

  it('keeps to the filter, and never touches a label that is there', async () => {
    const project = await setUp();
    await project.compute();
    const { photos } = await project.accept({ filter: { photoIds: [1, 10, 11] }, threshold: 0 });
    expect(photos).toBe(2);
    for (const filter of [{ unlabeled: false }, { excluded: true }, { labelIds: [1] }]) {
      await expect(project.accept({ filter, threshold: 0 })).rejects.toMatchObject({
        code: 'not-found',
        remedy: expect.any(String),
      });
    }
    const most = { filter: { confidence: { max: 0.2 } }, threshold: 0.9 };
    await expect(project.accept(most)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a project that is opened again', () => {
  it('keeps its suggestions and works out none of them anew', async () => {
    const project = await setUp();
    await project.compute();
    const before = await suggested(project);
    await project.opened.dispose();
    const ran = project.runs();
    await project.open().handlers['suggestions.compute']({}, call);
    expect(project.runs()).toBe(ran);
    expect(await suggested(project)).toEqual(before);
  });

  it('works them out when labels changed while nobody looked', async () => {
    const project = await setUp();
    await project.compute();
    await project.opened.dispose();
    const ran = project.runs();
    project.context.database.run('UPDATE photos SET label_id = 2 WHERE id = 9');
    await project.open().handlers['suggestions.compute']({}, call);
    expect(project.runs()).toBeGreaterThan(ran);
  });
});

it('closed in the middle of a run it stops, and the answers before it still count', async () => {
  let isHeld = false;
  let begun = () => {};
  const project = await setUp({
    tasks: {
      async 'vote-neighbors'(input, context) {
        if (!isHeld) return voteNeighbors(input, context);
        begun();
        await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
        throwIfCancelled(context.signal);
        throw new Error('It was not cancelled');
      },
    },
  });
  await project.compute();
  const before = (await suggested(project)).slice(10);
  isHeld = true;
  const running = new Promise<void>((resolve) => (begun = resolve));
  await project.call('dataset.assignLabel', { photoIds: [7], labelId: 1 });
  await running;
  expect((await project.state()).computing).toBe(true);
  await project.opened.dispose();
  expect((await suggested(project)).slice(10)).toEqual(before);
  expect(project.log.lines).toEqual([]);
});
