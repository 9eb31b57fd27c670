import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createModelLibrary } from '@main/services/models/model-library';
import type { CallContext } from '@shared/api/contract';
import type { Model } from '@shared/domain/model';
import { createFakeModel, createPreprocessing } from '../../../../fakes/fake-model';
import { createFakeProject } from '../../../../fakes/fake-project';

const call: CallContext = { signal: new AbortController().signal };

function setUp() {
  const project = createFakeProject({});
  const { context } = project;
  const open = () => createModelLibrary(context);
  const library = open();
  const inModels = (name: string) => join(context.modelsFolder, name);
  const inTrash = (name: string) => join(context.trashFolder, name);

  /** As a training does: writes under a temporary name, then adds. */
  function add(changes: Partial<Model> = {}): Model {
    const id = library.models.nextId();
    writeFileSync(library.models.temporaryFile(id), `bytes of ${id}`);
    const model = createFakeModel({ id, ...changes });
    library.models.add(model);
    return model;
  }
  return { ...project, ...library, open, add, inModels, inTrash };
}

describe('createModelLibrary', () => {
  it('puts a model in its place with labels and contract beside it', () => {
    const { add, models, inModels, context, events } = setUp();
    const preprocessing = createPreprocessing({ labels: ['ball', 'café'] });
    const model = add({ preprocessing });
    expect(models.file(model)).toBe(inModels('model-1.tflite'));
    expect(readFileSync(models.file(model), 'utf8')).toBe('bytes of model-1');
    expect(readFileSync(inModels('model-1.labels.txt'), 'utf8')).toBe('ball\ncafé\n');
    expect(JSON.parse(readFileSync(inModels('model-1.json'), 'utf8'))).toEqual(preprocessing);
    expect(readdirSync(context.modelsFolder)).toHaveLength(3);
    expect(models.get('model-1')).toEqual(model);
    expect(events).toEqual(['models.changed']);
  });

  it('tells listeners of what was added, renamed and removed, until they stop', async () => {
    const { add, models, handlers } = setUp();
    let told = 0;
    const stop = models.onChanged(() => void (told += 1));
    const { id: modelId } = add();
    await handlers['models.rename']({ modelId, name: 'other' }, call);
    await handlers['models.remove']({ modelId }, call);
    expect(told).toBe(3);
    stop();
    add();
    expect(told).toBe(3);
  });

  it('lists the newest first and keeps all when opened again', () => {
    const { add, open } = setUp();
    const first = add({ name: 'first' });
    const second = add({ name: 'second', parentId: first.id });
    expect(open().models.list()).toEqual([second, first]);
  });

  it('gives no id twice: not to two jobs at once, not after a removal, not after reopening', async () => {
    const { models, add, handlers, open } = setUp();
    expect([models.nextId(), models.nextId()]).toEqual(['model-1', 'model-2']);
    const { id } = add();
    expect(id).toBe('model-3');
    await handlers['models.remove']({ modelId: id }, call);
    expect(models.nextId()).toBe('model-4');
    expect(open().models.nextId()).toBe('model-4');
  });

  it('renames', async () => {
    const { add, handlers, models, events } = setUp();
    const { id } = add();
    const renamed = await handlers['models.rename']({ modelId: id, name: 'Best so far' }, call);
    expect(renamed.name).toBe('Best so far');
    expect(models.get(id).name).toBe('Best so far');
    expect(events).toEqual(['models.changed', 'models.changed']);
  });

  it('moves a removed model to the trash', async () => {
    const { add, handlers, models, context } = setUp();
    const kept = add();
    const removed = add();
    await handlers['models.remove']({ modelId: removed.id }, call);
    expect(models.list()).toEqual([kept]);
    expect(readdirSync(context.trashFolder).toSorted()).toEqual([
      'model-2.json',
      'model-2.labels.txt',
      'model-2.tflite',
    ]);
    expect(() => models.get(removed.id)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(readFileSync(models.file(kept), 'utf8')).toBe('bytes of model-1');
  });

  it('sweeps up what a killed program left, and nothing else', () => {
    const { add, open, models, inModels, inTrash, log } = setUp();
    const whole = add();
    // Killed while writing model-2, and after model-3 was renamed but before its row was there.
    writeFileSync(models.temporaryFile('model-2'), 'half');
    writeFileSync(inModels('model-3.tflite'), 'orphan');
    writeFileSync(inModels('model-3.labels.txt'), 'orphan');
    writeFileSync(inModels('notes.txt'), "a person's own");
    const reopened = open();
    expect(reopened.models.list()).toEqual([whole]);
    expect(existsSync(models.temporaryFile('model-2'))).toBe(false);
    expect(existsSync(inModels('model-3.tflite'))).toBe(false);
    expect(readFileSync(inTrash('model-3.tflite'), 'utf8')).toBe('orphan');
    expect(readFileSync(inModels('notes.txt'), 'utf8')).toBe("a person's own");
    expect(readFileSync(reopened.models.file(whole), 'utf8')).toBe('bytes of model-1');
    expect(log.lines.join()).toMatch(/model-2\.tflite\.part.*model-3\.tflite/);
  });

  it('adds nothing when the file is not there', () => {
    const { models, events } = setUp();
    const model = createFakeModel({ id: models.nextId() });
    expect(() => models.add(model)).toThrow(expect.objectContaining({ code: 'not-writable' }));
    expect(models.list()).toEqual([]);
    expect(events).toEqual([]);
  });

  it('says so when a file was taken away', () => {
    const { add, models } = setUp();
    const model = add({ name: 'Lite0' });
    rmSync(models.file(model));
    expect(() => models.file(model)).toThrow(/The file of Lite0 is gone/);
  });
});
