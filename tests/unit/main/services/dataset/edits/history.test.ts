import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createDatasetProject,
  type DatasetProject,
  insertPhotoRows,
} from '../../../../../fixtures/dataset-project';
import { makePhotos } from '../../../../../fixtures/make-photos';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder';

const photoCount = 12;

function createFilledProject(): DatasetProject {
  const project = createDatasetProject();
  insertPhotoRows(project.context, photoCount);
  return project;
}

/** All that edits can change, and what the list of edits says. */
async function snapshot({ context, call }: DatasetProject): Promise<unknown> {
  const { undo: _undo, redo: _redo, ...summary } = await call('dataset.summary', {});
  const photos = context.database.all(
    'SELECT id, label_id, split, excluded, conflict FROM photos ORDER BY id',
  );
  return { summary, photos };
}

function stepsDone({ context }: DatasetProject): number {
  const row = context.database.get<{ steps: number }>('SELECT count(*) AS steps FROM history');
  return row?.steps ?? 0;
}

const photoIds = fc.uniqueArray(fc.integer({ min: 1, max: photoCount }), {
  minLength: 1,
  maxLength: photoCount,
});
const name = fc.constantFrom('banana', 'hat', 'Hat', 'plug', 'truck');
/** `label` is an index into the labels there are at that moment. */
const label = fc.nat({ max: 9 });
const edit = fc.oneof(
  fc.record({ kind: fc.constant('assign'), photoIds, label }),
  fc.record({ kind: fc.constant('clear'), photoIds }),
  fc.record({ kind: fc.constant('exclude'), photoIds, excluded: fc.boolean() }),
  fc.record({ kind: fc.constant('create'), name }),
  fc.record({ kind: fc.constant('rename'), label, name }),
  fc.record({ kind: fc.constant('recolor'), label }),
  fc.record({ kind: fc.constant('merge'), label, into: label }),
  fc.record({ kind: fc.constant('delete'), label }),
  fc.record({ kind: fc.constant('split'), seed: fc.nat({ max: 5 }), test: fc.nat({ max: 4 }) }),
);
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

/** Edits that are refused (no such label, name taken) change nothing and are part of the game. */
async function perform({ call }: DatasetProject, step: Edit): Promise<void> {
  const { labels } = await call('dataset.summary', {});
  const idAt = (index: number) => labels[index % Math.max(1, labels.length)]?.id ?? 999;
  if (step.kind === 'assign') {
    await call('dataset.assignLabel', { photoIds: step.photoIds, labelId: idAt(step.label) });
  } else if (step.kind === 'clear') {
    await call('dataset.assignLabel', { photoIds: step.photoIds });
  } else if (step.kind === 'exclude') {
    await call('dataset.setExcluded', { photoIds: step.photoIds, excluded: step.excluded });
  } else if (step.kind === 'create') {
    await call('dataset.createLabel', { name: step.name });
  } else if (step.kind === 'rename') {
    await call('dataset.renameLabel', { labelId: idAt(step.label), name: step.name });
  } else if (step.kind === 'recolor') {
    await call('dataset.recolorLabel', { labelId: idAt(step.label), color: '#123456' });
  } else if (step.kind === 'merge') {
    await call('dataset.mergeLabels', { fromId: idAt(step.label), intoId: idAt(step.into) });
  } else if (step.kind === 'delete') {
    await call('dataset.deleteLabel', { labelId: idAt(step.label) });
  } else {
    const test = step.test / 10;
    const ratio = { train: 0.5, validation: 0.5 - test, test };
    await call('splits.splitAnew', { ratio, seed: step.seed });
  }
}

describe('undo and redo', () => {
  it('pass through the very states that the edits made, in both directions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 12 }), async (edits) => {
        const project = createFilledProject();
        project.context.database.execute('PRAGMA synchronous = OFF');
        // A conflict, as an import leaves one: merging and renaming labels reach into it.
        project.context.database.run('UPDATE photos SET conflict = ? WHERE id = 3', [
          '["banana","hat"]',
        ]);
        const states = [await snapshot(project)];
        for (const step of edits) {
          await perform(project, step).catch(() => undefined);
          // A refused edit, or one that changed nothing, is no step.
          if (stepsDone(project) === states.length) states.push(await snapshot(project));
        }
        for (const state of states.slice(0, -1).reverse()) {
          await project.call('dataset.undo', {});
          expect(await snapshot(project)).toEqual(state);
        }
        await expect(project.call('dataset.undo', {})).rejects.toMatchObject({
          code: 'bad-request',
        });
        for (const state of states.slice(1)) {
          await project.call('dataset.redo', {});
          expect(await snapshot(project)).toEqual(state);
        }
        await expect(project.call('dataset.redo', {})).rejects.toMatchObject({
          code: 'bad-request',
        });
      }),
      { numRuns: 40 },
    );
  });

  it('survive opening the project again', async () => {
    const project = createFilledProject();
    const { label: banana } = await project.call('dataset.createLabel', { name: 'banana' });
    await project.call('dataset.assignLabel', { photoIds: [1, 2], labelId: banana.id });
    await project.call('dataset.undo', {});
    await project.reopen();
    expect(await project.call('dataset.summary', {})).toMatchObject({
      undo: 'Created the label banana',
      redo: 'Labeled 2 photos banana',
      labeled: 0,
    });
    expect(await project.call('dataset.redo', {})).toEqual({
      description: 'Redone: Labeled 2 photos banana',
    });
    expect(await project.call('dataset.summary', {})).toMatchObject({ labeled: 2 });
  });

  it('forget what could be redone when something else is done', async () => {
    const project = createFilledProject();
    await project.call('dataset.createLabel', { name: 'banana' });
    await project.call('dataset.undo', {});
    await project.call('dataset.setExcluded', { photoIds: [1], excluded: true });
    expect((await project.call('dataset.summary', {})).redo).toBeUndefined();
  });

  it('leave no step for an edit that changes nothing', async () => {
    const project = createFilledProject();
    await project.call('dataset.setExcluded', { photoIds: [1], excluded: false });
    expect((await project.call('dataset.summary', {})).undo).toBeUndefined();
  });

  it('store an edit of 10,000 photos in a few bytes', async () => {
    const project = createDatasetProject();
    insertPhotoRows(project.context, 10_000);
    const { label: banana } = await project.call('dataset.createLabel', { name: 'banana' });
    const all = Array.from({ length: 10_000 }, (_, index) => index + 1);
    await project.call('dataset.setExcluded', { photoIds: all, excluded: true });
    const row = project.context.database.get<{ bytes: number }>(
      'SELECT length(patch) AS bytes FROM history ORDER BY id DESC LIMIT 1',
    );
    expect(row?.bytes).toBeLessThan(200);
    await project.call('dataset.assignLabel', { photoIds: all, labelId: banana.id });
    await project.call('dataset.undo', {});
    expect(await project.call('dataset.summary', {})).toMatchObject({
      labeled: 0,
      labels: [{ count: 0 }],
    });
  });

  it('keep a label that an import has used since it was created', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, ['banana/1.jpg']);
    await project.call('dataset.createLabel', { name: 'banana' });
    await project.import([folder]);
    await project.call('dataset.undo', {});
    expect(await project.call('dataset.summary', {})).toMatchObject({
      labeled: 1,
      labels: [{ name: 'banana' }],
    });
    await project.call('dataset.redo', {});
    expect((await project.call('dataset.summary', {})).labels).toHaveLength(1);
  });

  it('bring a label back beside one of that name which an import made meanwhile', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const { label } = await project.call('dataset.createLabel', { name: 'banana' });
    await project.call('dataset.deleteLabel', { labelId: label.id });
    await makePhotos(folder, ['Banana/1.jpg']);
    await project.import([folder]);
    await project.call('dataset.undo', {});
    const names = (await project.call('dataset.summary', {})).labels.map(({ name }) => name);
    expect(names.sort()).toEqual(['Banana', 'banana 2']);
  });
});
