import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goodFileNames, makeBadFiles } from '../../../../../fixtures/bad-files';
import { createDatasetProject } from '../../../../../fixtures/dataset-project';
import { makePhotos } from '../../../../../fixtures/make-photos';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder';

const isRoot = process.getuid?.() === 0;

describe.skipIf(process.platform === 'win32')('a folder of bad files beside good ones', () => {
  it('imports every good one and reports each bad one with its own reason', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const expected = await makeBadFiles(folder);
    const good = goodFileNames(40);
    await makePhotos(folder, good, { width: 60, height: 50 });
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(40);

    const report = await project.import([folder]);

    const reasons = Object.fromEntries(report.problems.map(({ path, reason }) => [path, reason]));
    expect(reasons).toEqual(expected);
    expect(report.problems.length).toBe(Object.keys(expected).length);
    expect(report.problems.every(({ message }) => /^[A-Z].*\.$/s.test(message))).toBe(true);
    const names = (await project.photos()).map((photo) => photo.fileName);
    expect(names.filter((name) => name !== 'secret.jpg').sort()).toEqual(good.sort());
  });

  it.skipIf(isRoot)('reports a folder that may not be entered', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, ['open/a.jpg', 'closed/b.jpg']);
    chmodSync(join(folder, 'closed'), 0);
    const report = await project.import([folder]);
    chmodSync(join(folder, 'closed'), 0o700);
    expect(report).toMatchObject({
      added: 1,
      problems: [{ path: 'closed', reason: 'unreadable' }],
    });
  });

  it('is listed again only for what is still bad', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const [good = ''] = await makePhotos(folder, ['good.jpg']);
    writeFileSync(join(folder, 'mended.jpg'), '');
    expect((await project.import([folder])).problems.length).toBe(1);
    writeFileSync(join(folder, 'mended.jpg'), readFileSync(good).subarray(0));
    expect(await project.import([folder])).toMatchObject({ known: 2, problems: [] });
  });
});
