import { agreements } from '@shared/api/map-api';
import { unpackBytes, unpackFloat32, unpackUint32 } from '@shared/domain/packed-numbers';
import { expect, it } from 'vitest';
import { createCuratedProject } from '../../../../fixtures/curated-project';
import { insertAnswers } from '../../../../fixtures/dataset-project';

const call = { signal: new AbortController().signal };
type Project = Awaited<ReturnType<typeof createCuratedProject>>;

async function draw({ map, jobs }: Project): Promise<void> {
  await map['map.compute']({}, call);
  await jobs.last().run();
}

async function readPoints({ map }: Project) {
  const { layout, photoIds, positions } = await map['map.points']({}, call);
  return { layout, photoIds: unpackUint32(photoIds), positions: unpackFloat32(positions) };
}

async function readFacts({ map }: Project, photoIds?: number[]) {
  const facts = await map['map.facts']({ photoIds }, call);
  return {
    layout: facts.layout,
    labels: unpackUint32(facts.labels),
    splits: unpackBytes(facts.splits),
    suggestions: unpackUint32(facts.suggestions),
    agreements: unpackBytes(facts.agreements),
    hidden: unpackBytes(facts.hidden),
  };
}

it('before the first map there is none: no points, all photos missing from it', async () => {
  const project = await createCuratedProject();
  expect(await project.map['map.state']({}, call)).toEqual({
    layout: 0,
    photos: 0,
    notOnIt: 60,
    outdated: false,
  });
  expect((await readPoints(project)).photoIds).toHaveLength(0);
  expect((await readFacts(project)).labels).toHaveLength(0);
});

it('draws all photos, those of a thing together, and says from what', async () => {
  const project = await createCuratedProject();
  await draw(project);
  expect(project.completed).toHaveLength(1);
  expect(project.jobs.last().steps).toContain('Arranging photos');
  expect(project.events).toContain('map.changed');
  const { layout, photoIds, positions } = await readPoints(project);
  expect(layout).toBe(1);
  expect([...photoIds]).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  const [x, y] = [(id: number) => positions[id * 2 - 2]!, (id: number) => positions[id * 2 - 1]!];
  const apart = (a: number, b: number) => Math.hypot(x(a) - x(b), y(a) - y(b));
  for (let id = 1; id <= 60; id += 1) {
    const [nearest] = [...photoIds]
      .filter((other) => other !== id)
      .sort((a, b) => apart(id, a) - apart(id, b));
    expect(nearest! % 3).toBe(id % 3);
  }
  expect(await project.map['map.state']({}, call)).toMatchObject({
    layout: 1,
    photos: 60,
    notOnIt: 0,
    outdated: false,
    neighbors: 'exact',
    backbone: expect.any(String),
    drawnAt: expect.any(String),
  });
});

it('tells label, split, suggestion and disagreement of each point, in one order', async () => {
  const project = await createCuratedProject();
  await draw(project);
  const { database } = project.context;
  insertAnswers(project.context, [
    [1, 1, 0.9, 0.1],
    [2, 3, 0.9, 0.1],
    [3, 2, 0.9, 0.1],
    [4, 77, 0.9, 0.1],
  ]);
  database.run("UPDATE photos SET split = 'train' WHERE id = 1");
  database.run("UPDATE photos SET split = 'validation' WHERE id = 2");
  database.run("UPDATE photos SET split = 'test', label_id = NULL WHERE id = 3");
  database.run('UPDATE photos SET excluded = 1 WHERE id = 5');
  const facts = await readFacts(project);
  expect(facts.labels).toHaveLength(60);
  expect([...facts.labels.subarray(0, 4)]).toEqual([1, 2, 0, 1]);
  expect([...facts.splits.subarray(0, 3)]).toEqual([1, 2, 3]);
  // The label 77 is gone.
  expect([...facts.suggestions.subarray(0, 4)]).toEqual([1, 3, 2, 0]);
  expect([...facts.agreements.subarray(0, 4)]).toEqual([
    agreements.agrees,
    agreements.disagrees,
    agreements.unknown,
    agreements.unknown,
  ]);
  expect([...facts.hidden.subarray(0, 6)]).toEqual([0, 0, 0, 0, 1, 0]);
});

it('tells the facts of some photos in their order; of strangers that they are not there', async () => {
  const project = await createCuratedProject();
  await draw(project);
  const { labels, hidden } = await readFacts(project, [3, 999, 1]);
  expect([...labels]).toEqual([3, 0, 1]);
  expect([...hidden]).toEqual([0, 1, 0]);
});

it('a label that the newest analysis doubts counts as a disagreement', async () => {
  const project = await createCuratedProject();
  // Photo 7 shows a hat under the label banana.
  project.putFeatures(7, project.featuresOf(1));
  await draw(project);
  await project.issues['issues.analyze']({}, call);
  await project.jobs.last().run();
  const { suggestions, agreements: known } = await readFacts(project);
  expect([suggestions[6], known[6]]).toEqual([2, agreements.disagrees]);
  await project.call('dataset.assignLabel', { photoIds: [7], labelId: 2 });
  expect((await readFacts(project, [7])).agreements[0]).toBe(agreements.unknown);
});

it('leaves out what is excluded, and counts it as missing once it is back', async () => {
  const project = await createCuratedProject();
  await project.call('dataset.setExcluded', { photoIds: [2, 3], excluded: true });
  await draw(project);
  expect((await readPoints(project)).photoIds).toHaveLength(58);
  expect((await project.map['map.state']({}, call)).notOnIt).toBe(0);
  await project.call('dataset.setExcluded', { photoIds: [2], excluded: false });
  expect((await project.map['map.state']({}, call)).notOnIt).toBe(1);
});

it('a map of other features is outdated', async () => {
  const project = await createCuratedProject();
  await draw(project);
  const { database } = project.context;
  database.run(
    "UPDATE settings SET value = json_set(value, '$.backbone.sha256', 'old') WHERE key = 'map.record'",
  );
  expect((await project.map['map.state']({}, call)).outdated).toBe(true);
  await draw(project);
  expect(await project.map['map.state']({}, call)).toMatchObject({ outdated: false, layout: 2 });
  expect(database.get('SELECT count(DISTINCT layout) AS layouts FROM photo_map')).toMatchObject({
    layouts: 1,
  });
});

it('the same photos give the same map', async () => {
  const project = await createCuratedProject();
  await draw(project);
  const first = await readPoints(project);
  await draw(project);
  expect((await readPoints(project)).positions).toEqual(first.positions);
});

it('a cancelled drawing, and one that was killed while it was stored, leave the map before it', async () => {
  const project = await createCuratedProject();
  await draw(project);
  const before = await readPoints(project);
  await project.map['map.compute']({}, call);
  project.jobs.last().cancel();
  await expect(project.jobs.last().run()).rejects.toMatchObject({ code: 'cancelled' });
  project.context.database.run('INSERT INTO photo_map VALUES (2, 1, 0.5, 0.5)');
  expect(await readPoints(project)).toEqual(before);
  await draw(project);
  expect((await readPoints(project)).photoIds).toHaveLength(60);
});

it('refuses to draw nothing, with a remedy', async () => {
  const project = await createCuratedProject(0);
  await project.map['map.compute']({}, call);
  await expect(project.jobs.last().run()).rejects.toMatchObject({
    code: 'not-ready',
    remedy: expect.any(String),
  });
});
