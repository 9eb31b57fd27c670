import { copyFileSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { PhotoSummary } from '@shared/domain/photo';
import { isFinished } from '@shared/domain/job';
import { createFakeLogger } from '../fakes/fake-logger';
import { goodFileNames, makeBadFiles } from '../fixtures/bad-files';
import { classLayout, makePhotos } from '../fixtures/make-photos';
import { openStudio } from '../fixtures/open-studio';
import { temporaryFolder } from '../fixtures/temporary-folder';
import { createProgram } from './program';
import { suiteFolder } from './suite-folder';

const program = createProgram(suiteFolder());
afterAll(() => program.dispose());

interface Report {
  added: number;
  problems: { path: string; reason: string; message: string }[];
}

interface Status {
  photos: { total: number; missing: number; conflicts: number };
}

const small = { width: 60, height: 50 };

it.skipIf(process.platform === 'win32')(
  'of 40 good files among bad ones each is imported, and each bad one has its reason',
  async () => {
    const folder = temporaryFolder();
    const [project, photos] = [join(folder, 'project'), join(folder, 'photos')];
    mkdirSync(photos);
    const expected = await makeBadFiles(photos);
    await makePhotos(photos, goodFileNames(40), small);
    // Root may read what nobody else may.
    const readableByRoot = Object.hasOwn(expected, 'secret.jpg') ? 0 : 1;

    await program.json(['create', project]);
    const report = await program.json<Report>(['import', project, photos]);

    expect(report.added).toBe(40 + readableByRoot);
    const reasons = report.problems.map(({ path, reason }) => [path, reason]);
    expect(reasons).toHaveLength(Object.keys(expected).length);
    expect(Object.fromEntries(reasons)).toEqual(expected);

    const people = await program.run(['import', project, photos]);
    expect(people.code).toBe(0);
    for (const { path, message } of report.problems) {
      expect(people.stdout).toContain(`${path}: ${message}`);
    }
  },
  // It must not hang.
  120_000,
);

describe('a photo under two labels', () => {
  it('is a conflict until somebody says which', async () => {
    const folder = temporaryFolder();
    const [project, photos] = [join(folder, 'project'), join(folder, 'photos')];
    const [first = ''] = await makePhotos(photos, classLayout(['banana', 'hat'], 3), small);
    copyFileSync(first, join(photos, 'hat', 'the same.jpg'));
    await program.json(['create', project]);
    const report = await program.json(['import', project, photos]);
    expect(report).toMatchObject({ added: 6, known: 1, conflicts: 1 });
    const status = await program.json<Status>(['status', project]);
    expect(status.photos).toMatchObject({ total: 6, conflicts: 1 });

    await program.json(['label', project, '--match', 'banana-1', '--to', 'hat']);
    const settled = await program.json<Status>(['status', project]);
    expect(settled.photos.conflicts).toBe(0);
    await program.json(['import', project, photos]);
    expect((await program.json<Status>(['status', project])).photos.conflicts).toBe(0);
    await program.json(['label', project, '--undo']);
    expect((await program.json<Status>(['status', project])).photos.conflicts).toBe(1);
  }, 60_000);
});

describe('photos that were moved', () => {
  it('are shown as missing, and found again by their content', async () => {
    const folder = temporaryFolder();
    const [project, photos] = [join(folder, 'project'), join(folder, 'photos')];
    await makePhotos(photos, classLayout(['banana', 'hat'], 4), small);
    await program.json(['create', project]);
    await program.json(['import', project, photos]);
    const moved = join(folder, 'moved');
    mkdirSync(moved);
    renameSync(join(photos, 'hat'), join(moved, 'other name'));

    const app = await openStudio(temporaryFolder(), createFakeLogger(), 'built');
    onTestFinished(() => app.dispose());
    await app.openProject(project);
    const client = app.client();
    const missing = async () => (await client.call('dataset.summary', {})).missing;
    await expect.poll(missing, { timeout: 30_000 }).toBe(4);
    const gone = await client.call('dataset.listPhotos', { offset: 0, limit: 100 });
    const isHat = ({ fileName }: PhotoSummary) => fileName.startsWith('hat');
    expect(gone.photos.filter((photo) => photo.missing)).toEqual(gone.photos.filter(isHat));

    const sourceId = app.staging.stagePaths([moved]);
    const { jobId } = await client.call('dataset.relink', { sourceIds: [sourceId] });
    const relinked = async () => {
      const { jobs } = await client.call('jobs.list', {});
      return jobs.some((job) => job.id === jobId && isFinished(job));
    };
    await expect.poll(relinked, { timeout: 30_000 }).toBe(true);
    expect(await client.call('dataset.summary', {})).toMatchObject({ total: 8, missing: 0 });
  }, 120_000);
});
