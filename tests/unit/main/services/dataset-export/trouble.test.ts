import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDatasetProject } from '../../../../fixtures/dataset-project';
import { createExportProject, type ExportProject } from '../../../../fixtures/export-project';
import { makePhotos } from '../../../../fixtures/make-photos';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

async function start(
  count = 6,
): Promise<{ project: ExportProject; photos: string[]; out: string }> {
  const project = createExportProject();
  const folder = temporaryFolder();
  const names = Array.from({ length: count }, (_, index) => `hat/${index}.jpg`);
  const photos = await makePhotos(folder, names, { width: 40, height: 30 });
  await project.import([folder]);
  return { project, photos, out: temporaryFolder() };
}

const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

describe('a photo that can’t be written', () => {
  it('is named in the log and the manifest, and the rest is exported', async () => {
    const { project, photos, out } = await start();
    const [gone = '', changed = ''] = photos;
    rmSync(gone);
    writeFileSync(changed, 'others');
    const result = await project.export({ format: 'folder' }, join(out, 'a'));
    expect(result).toMatchObject({ photos: '4', leftOut: '2' });
    const { log } = project.jobs.last();
    expect(log[0]).toBe('2 photos are not in the export:');
    expect(log.slice(1)).toEqual([
      '0.jpg: The file is no longer there.',
      '1.jpg: The file is no longer the one that was imported: its bytes are others.',
    ]);
    const manifest: unknown = JSON.parse(
      readFileSync(join(out, 'a', 'pocketlens-dataset.json'), 'utf8'),
    );
    expect(manifest).toMatchObject({ photos: 4, leftOut: [{ name: '0.jpg' }, { name: '1.jpg' }] });
  });

  it('stops an export of nothing else', async () => {
    const { project, photos, out } = await start(1);
    rmSync(photos[0] ?? '');
    expect(await failure(project.export({ format: 'csv' }, out))).toMatchObject({
      code: 'not-ready',
    });
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('a place', () => {
  it('that holds something gets a folder of its own, and nothing is overwritten', async () => {
    const { project, out } = await start(2);
    writeFileSync(join(out, 'mine.txt'), 'mine');
    const results = [];
    for (const zip of [false, false, true, true]) {
      results.push((await project.export({ format: 'csv', zip }, out))['path']);
    }
    const names = ['Seven things', 'Seven things 2', 'Seven things.zip', 'Seven things 2.zip'];
    expect(results).toEqual(names.map((name) => join(out, name)));
    expect(readdirSync(out).sort()).toEqual([...names, 'mine.txt'].sort());
    const file = join(out, 'mine.txt');
    for (const zip of [false, true]) {
      expect(await failure(project.export({ format: 'csv', zip }, file))).toMatchObject({
        code: 'not-writable',
        remedy: expect.stringContaining('overwritten'),
      });
    }
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'that can’t be written to is said with what to do',
    async () => {
      const { project, out } = await start(2);
      chmodSync(out, 0o500);
      for (const zip of [false, true]) {
        expect(await failure(project.export({ format: 'csv', zip }, join(out, 'x')))).toMatchObject(
          { code: 'not-writable', remedy: expect.stringMatching(/place|permissions/) },
        );
      }
      chmodSync(out, 0o700);
      expect(readdirSync(out)).toEqual([]);
    },
  );

  it('below a file is no place', async () => {
    const { project, out } = await start(2);
    writeFileSync(join(out, 'file'), '');
    expect(await failure(project.export({ format: 'csv' }, join(out, 'file', 'x')))).toMatchObject({
      code: 'not-writable',
    });
  });

  it('without room is said before anything is written', async () => {
    const { project, out } = await start(2);
    project.context.database.run('UPDATE photos SET bytes = 900000000000000');
    expect(await failure(project.export({ format: 'csv' }, out))).toMatchObject({
      code: 'no-space',
      message: expect.stringMatching(/^1800000.0 GB are needed/),
    });
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('an export that ends early', () => {
  it.each([false, true])('when cancelled leaves nothing, as a zip: %s', async (zip) => {
    const { project, out } = await start(80);
    const before = readdirSync(project.folder);
    const { workers } = project.context;
    const run = workers.run.bind(workers);
    let parts = 0;
    workers.run = (name, input, options) => {
      if (name === 'write-dataset-part' && ++parts === 2) project.jobs.last().cancel();
      return run(name, input, options);
    };
    expect(await failure(project.export({ format: 'coco', zip }, out))).toMatchObject({
      code: 'cancelled',
    });
    expect(parts).toBe(2);
    expect(readdirSync(out)).toEqual([]);
    expect(readdirSync(project.folder)).toEqual(before);
    // Begun anew, it is whole.
    project.jobs.start('export-dataset', 'again', project.jobs.last().parameters);
    expect(await project.jobs.last().run()).toMatchObject({ photos: '80' });
  });

  it('by a crash is begun anew over what it left', async () => {
    const { project, out } = await start(2);
    await project.startExport({ format: 'csv' }, join(out, 'x'));
    const { id } = project.jobs.last().parameters as { id: string };
    mkdirSync(join(out, `.x.${id}.partial`, 'photos'), { recursive: true });
    writeFileSync(join(out, `.x.${id}.partial`, 'photos', '0.jpg'), 'half');
    await project.jobs.last().run();
    expect(readdirSync(out)).toEqual(['x']);
    const back = createDatasetProject();
    expect(await back.import([join(out, 'x')])).toMatchObject({ added: 2, problems: [] });
  });
});

describe('a manifest that is damaged', () => {
  it('is refused: names of folders alone would say wrong labels', async () => {
    const { project, out } = await start(2);
    await project.export({ format: 'folder' }, out);
    const path = join(out, 'pocketlens-dataset.json');
    writeFileSync(path, readFileSync(path).subarray(0, -20));
    const back = createDatasetProject();
    expect(await failure(back.import([out]))).toMatchObject({ code: 'source-unreadable' });
    expect(await back.photos()).toEqual([]);
  });
});
