import { studioCamera } from '@shared/domain/photo';
import { expect, it } from 'vitest';
import { createCuratedProject } from '../../../../fixtures/curated-project';

const call = { signal: new AbortController().signal };
type Project = Awaited<ReturnType<typeof createCuratedProject>>;

async function analyze({ issues, jobs }: Project): Promise<void> {
  await issues['issues.analyze']({}, call);
  await jobs.last().run();
}

const list = (
  { issues }: Project,
  kind: 'label-error' | 'near-duplicate' | 'leak' | 'blurred',
  state = 'open' as const,
) => issues['issues.list']({ kind, state, offset: 0, limit: 100 }, call);

async function countsOf({ issues }: Project, kind: string) {
  const { kinds } = await issues['issues.overview']({}, call);
  const found = kinds.find((row) => row.kind === kind);
  return found && [found.open, found.kept, found.ignored];
}

/** Photo 7 shows a hat under the label banana, 20 and 23 are the same picture, 30 is a blur. */
async function createFlawedProject() {
  const project = await createCuratedProject();
  const { database } = project.context;
  project.putFeatures(7, project.featuresOf(1));
  const twin = project.featuresOf(1);
  for (const id of [20, 23]) {
    project.putFeatures(id, twin);
    database.run("UPDATE photos SET perceptual_hash = '00000000000000ff' WHERE id = ?", [id]);
  }
  database.run("UPDATE photos SET split = 'train' WHERE id = 20");
  database.run("UPDATE photos SET split = 'test', width = 80, height = 60 WHERE id = 23");
  database.run('UPDATE photos SET sharpness = 2 WHERE id = 30');
  return project;
}

it('before an analysis there is nothing but every kind with zeros', async () => {
  const { issues } = await createCuratedProject();
  const overview = await issues['issues.overview']({}, call);
  expect(overview).toMatchObject({ stale: false, photos: 0, findings: [] });
  expect(overview.analyzedAt).toBeUndefined();
  expect(overview.kinds.every(({ open }) => open === 0)).toBe(true);
});

it('finds a wrong label with its suggestion, a copy across splits, a blur', async () => {
  const project = await createFlawedProject();
  await analyze(project);
  expect(project.completed).toHaveLength(1);
  const { items } = await list(project, 'label-error');
  expect(items).toMatchObject([{ photoId: 7, suggestedLabelId: 2 }]);
  expect(items[0]?.detail.givenProbability).toBeLessThan(0.2);
  const copies = (await list(project, 'near-duplicate')).items;
  expect(copies.map(({ photoId, groupId, detail }) => [photoId, groupId, detail.best])).toEqual([
    [20, 20, undefined],
    [23, 20, true],
  ]);
  expect((await list(project, 'leak')).total).toBe(2);
  expect((await list(project, 'blurred')).items).toMatchObject([
    { photoId: 30, detail: { measured: 2 } },
  ]);
  const overview = await project.issues['issues.overview']({}, call);
  expect(overview).toMatchObject({ stale: false, photos: 60 });
  expect(project.events).toContain('issues.changed');
});

it('a leak is gone once its group lies in one split, and back when that is undone', async () => {
  const project = await createFlawedProject();
  await analyze(project);
  await project.call('splits.keepTogether', {});
  expect((await list(project, 'leak')).total).toBe(0);
  expect((await list(project, 'near-duplicate')).total).toBe(2);
  await project.call('dataset.undo', {});
  expect((await list(project, 'leak')).total).toBe(2);
});

it('leaves shots of one burst taken in the studio together, however different they look', async () => {
  const project = await createCuratedProject();
  const { database } = project.context;
  database.run("UPDATE photos SET camera = ?, taken_at = '2026-01-01T10:00:00' WHERE id < 4", [
    studioCamera,
  ]);
  await analyze(project);
  const groups = database.all('SELECT photo_id AS id, group_id AS first FROM split_groups');
  expect(groups).toMatchObject([1, 2, 3].map((id) => ({ id, first: 1 })));
});

it('is stale once a label changed, and a relabeled photo is no error any more', async () => {
  const project = await createFlawedProject();
  await analyze(project);
  await project.call('dataset.assignLabel', { photoIds: [7], labelId: 2 });
  expect((await list(project, 'label-error')).total).toBe(0);
  expect((await project.issues['issues.overview']({}, call)).stale).toBe(true);
  await project.call('dataset.undo', {});
  expect((await list(project, 'label-error')).total).toBe(1);
  expect((await project.issues['issues.overview']({}, call)).stale).toBe(false);
});

it('a group is settled when all but one of it are left out', async () => {
  const project = await createFlawedProject();
  await analyze(project);
  await project.call('dataset.setExcluded', { photoIds: [20], excluded: true });
  expect(await countsOf(project, 'near-duplicate')).toEqual([0, 0, 0]);
});

it('decisions outlive analyses; what was kept opens again when its label changes', async () => {
  const project = await createFlawedProject();
  await analyze(project);
  const decide = project.issues['issues.decide'];
  await decide({ kind: 'blurred', photoIds: [30], decision: 'kept' }, call);
  await analyze(project);
  expect(await countsOf(project, 'blurred')).toEqual([0, 1, 0]);
  await project.call('dataset.assignLabel', { photoIds: [30], labelId: 1 });
  expect(await countsOf(project, 'blurred')).toEqual([1, 0, 0]);
  await decide({ kind: 'blurred', photoIds: [30], decision: 'ignored' }, call);
  await project.call('dataset.assignLabel', { photoIds: [30], labelId: 2 });
  expect(await countsOf(project, 'blurred')).toEqual([0, 0, 1]);
  await project.call('dataset.undo', {});
  await project.call('dataset.undo', {});
  expect(await countsOf(project, 'blurred')).toEqual([1, 0, 0]);
  expect(
    (await decide({ kind: 'blurred', photoIds: [30], decision: 'open' }, call)).description,
  ).toBe('Opened again the issue of 1 photo');
});

it('a cancelled analysis leaves the one before it', async () => {
  const project = await createFlawedProject();
  await analyze(project);
  await project.issues['issues.analyze']({}, call);
  project.context.database.run('UPDATE photos SET sharpness = 900 WHERE id = 30');
  project.jobs.last().cancel();
  await expect(project.jobs.last().run()).rejects.toMatchObject({ code: 'cancelled' });
  expect(await countsOf(project, 'blurred')).toEqual([1, 0, 0]);
});

it('what a killed analysis had written does not count', async () => {
  const project = await createFlawedProject();
  await analyze(project);
  project.context.database.run(
    `INSERT INTO issues (analysis, kind, photo_id, score, label_id, detail)
     VALUES (2, 'blurred', 5, 1, 1, '{}')`,
  );
  expect(await countsOf(project, 'blurred')).toEqual([1, 0, 0]);
  await analyze(project);
  expect(await countsOf(project, 'blurred')).toEqual([1, 0, 0]);
  expect(
    project.context.database.get('SELECT count(DISTINCT analysis) AS count FROM issues'),
  ).toMatchObject({ count: 1 });
});

it('photos that are left out are not analyzed', async () => {
  const project = await createFlawedProject();
  await project.call('dataset.setExcluded', { photoIds: [30], excluded: true });
  await analyze(project);
  expect(await countsOf(project, 'blurred')).toEqual([0, 0, 0]);
  expect((await project.issues['issues.overview']({}, call)).photos).toBe(59);
});

it('what is edited while it runs makes it stale', async () => {
  const project = await createFlawedProject();
  const run = project.context.workers.run.bind(project.context.workers);
  project.context.workers.run = async (name, input, options) => {
    if (name === 'analyze-photos') {
      await project.call('dataset.assignLabel', { photoIds: [12], labelId: 1 });
    }
    return run(name, input, options);
  };
  await analyze(project);
  expect((await project.issues['issues.overview']({}, call)).stale).toBe(true);
  project.context.workers.run = run;
  await analyze(project);
  expect((await project.issues['issues.overview']({}, call)).stale).toBe(false);
});
