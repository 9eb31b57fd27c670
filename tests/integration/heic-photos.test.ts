import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { runJob } from '../../src/main/host/cli/follow-jobs';
import { createFakeLogger } from '../fakes/fake-logger';
import { drawPhoto } from '../fixtures/make-photos';
import { makeHeic } from '../fixtures/make-heic';
import { openStudio } from '../fixtures/open-studio';
import { temporaryFolder } from '../fixtures/temporary-folder';

const photos = 60;
const size = { width: 48, height: 32 };

/** Mean absolute difference of two pictures, 0..255. */
async function difference(first?: Uint8Array, second?: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all(
    [first, second].map((picture) =>
      sharp(picture).resize(size.width, size.height).removeAlpha().raw().toBuffer(),
    ),
  );
  if (!a || !b) throw new Error('Both were decoded');
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;
}

it('60 HEIC photos that lie in all eight ways are imported upright', async () => {
  const folder = temporaryFolder();
  const drawn: Buffer[] = [];
  for (let index = 0; index < photos; index += 1) {
    const upright = await drawPhoto(`heic ${index}`, { width: 96, height: 64, format: 'png' });
    drawn.push(upright);
    // As phones say it, and as files do that lost the properties on their way.
    const saidBy = index % 3 === 2 ? 'exif' : 'both';
    const heic = await makeHeic(upright, { orientation: (index % 8) + 1, saidBy });
    writeFileSync(join(folder, `IMG_${String(index).padStart(4, '0')}.HEIC`), heic);
  }
  const app = await openStudio(temporaryFolder(), createFakeLogger(), 'built');
  onTestFinished(() => app.dispose());
  const project = join(temporaryFolder(), 'project');
  await app.createProject(project, 'Phone');
  await app.openProject(project);
  const client = app.client();
  const sourceIds = [app.staging.stagePaths([folder])];
  const never = { signal: new AbortController().signal };
  await runJob(client, () => client.call('dataset.importPhotos', { sourceIds }), never);

  const { report } = await client.call('dataset.importReport', {});
  expect(report).toMatchObject({ added: photos, problems: [] });
  const listed = await client.call('dataset.listPhotos', { offset: 0, limit: 100, order: 'name' });
  for (const [index, { id, width, height }] of listed.photos.entries()) {
    const lies = `orientation ${(index % 8) + 1}`;
    expect([width, height], lies).toEqual([96, 64]);
    for (const form of ['thumbnail', 'display']) {
      const media = await app.media(`photo/${id}/${form}`);
      if (media?.kind !== 'bytes') throw new Error(`No ${form}`);
      expect(await difference(media.bytes, drawn[index]), `${form}, ${lies}`).toBeLessThan(20);
    }
  }
  // Pictures differ more from one another than from their own thumbnails: the test can fail.
  expect(await difference(drawn[0], await sharp(drawn[0]).flip().toBuffer())).toBeGreaterThan(20);
}, 120_000);
