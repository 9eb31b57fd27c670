import { describe, expect, it } from 'vitest';
import {
  openSuggestions,
  suggested,
  thingOf,
  unprepared,
} from '../../../../fixtures/suggestions-project';

describe('before any model', () => {
  it('the nearest labeled photos propose the rest, and say how many they are', async () => {
    const project = await openSuggestions();
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
    const project = await openSuggestions({ labeled: 1 });
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
    const project = await openSuggestions({ labeled: 2 });
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
    const project = await openSuggestions();
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
    const project = await openSuggestions();
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
    // Photos that were imported and labeled before may be told about late.
    const ran = await project.settled();
    prepare(59, 9);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(project.runs()).toBe(ran);
    prepare(60, 0);
    await project.until({ answered: 60 });
  });

  it('nothing is prepared yet: says so', async () => {
    const project = await openSuggestions();
    project.context.database.run("UPDATE photos SET sha256 = 'f' || substr(sha256, 2)");
    await project.compute();
    expect(await project.state()).toMatchObject({
      source: { kind: 'none', reason: 'features' },
      answered: 0,
    });
  });
});

describe('accepting', () => {
  it('labels all at or above the threshold as one edit that undo takes back', async () => {
    const project = await openSuggestions();
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
    const project = await openSuggestions();
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
