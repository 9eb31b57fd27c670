import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addModel,
  openSuggestions,
  suggested,
  thingOf,
  unprepared,
} from '../../../../fixtures/suggestions-project';

describe('once there is a model', () => {
  it('it is asked, through its head, and named', async () => {
    const project = await openSuggestions();
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
    const project = await openSuggestions();
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
    const project = await openSuggestions();
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
    const project = await openSuggestions();
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
