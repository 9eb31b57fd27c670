import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createModelGraphs } from '@main/services/models/model-graphs';
import { describeGraph } from '@main/workers/describe-graph';
import { AppError } from '@shared/api/errors';
import { describe, expect, it } from 'vitest';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createFakeProject } from '../../../../fakes/fake-project';
import { smallClassifier } from '../../../../fixtures/small-classifier';

const call = { signal: new AbortController().signal };

function open(uploaded: Record<string, string | Uint8Array> = {}) {
  const project = createFakeProject({ 'describe-graph': describeGraph });
  const upload = join(project.folder, 'upload');
  mkdirSync(upload);
  for (const [name, content] of Object.entries(uploaded))
    writeFileSync(join(upload, name), content);
  const models = createFakeModelLibrary(project.folder, [createFakeModel()]);
  const discarded: string[] = [];
  const { handlers } = createModelGraphs({
    ...project,
    models,
    staging: {
      source: () => ({ paths: [upload], uploaded: true }),
      discard: async (id) => void discarded.push(id),
    },
  });
  return { folder: project.folder, handlers, discarded };
}

describe('models.graph', () => {
  it('tells what a model of the library computes', async () => {
    const { folder, handlers } = open();
    writeFileSync(join(folder, 'model-1.tflite'), writeTflite(smallClassifier()));
    const graph = await handlers['models.graph']({ modelId: 'model-1' }, call);
    expect(graph.operators.map(({ kind }) => kind)).toContain('FULLY_CONNECTED');
    expect(graph.precision).toBe('float32');
  });

  it('says that there is no such model', async () => {
    const { handlers } = open();
    await expect(async () =>
      handlers['models.graph']({ modelId: 'model-9' }, call),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('models.graphOfFile', () => {
  const asked = { sourceId: 'upload-1' };

  it('tells what a file computes before it is taken in, and lets the upload go', async () => {
    const { handlers, discarded } = open({ 'rival.tflite': writeTflite(smallClassifier()) });
    const graph = await handlers['models.graphOfFile'](asked, call);
    expect(graph.operators).toHaveLength(6);
    expect(discarded).toEqual(['upload-1']);
  });

  it('refuses what is no model, and lets it go as well', async () => {
    const damaged = open({ 'rival.tflite': 'no model at all' });
    await expect(damaged.handlers['models.graphOfFile'](asked, call)).rejects.toBeInstanceOf(
      AppError,
    );
    expect(damaged.discarded).toEqual(['upload-1']);
    const none = open({ 'notes.txt': 'nothing' });
    await expect(none.handlers['models.graphOfFile'](asked, call)).rejects.toMatchObject({
      message: 'There is no model: neither a .tflite file nor the model.json of TensorFlow.js.',
    });
    expect(none.discarded).toEqual(['upload-1']);
  });
});
