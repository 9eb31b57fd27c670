import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { preprocessingSchema } from '@shared/domain/preprocessing';
import { createFakeComparison } from '../../../../fakes/fake-comparison';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';
import {
  int8Model,
  trace,
  openExportingStudio,
  readText,
  type twice,
} from '../../../../fixtures/exporting-studio';

describe('deploy.exportModel into the project', () => {
  it('writes everything an app needs, and packs it', async () => {
    const { project, jobs, start, service } = openExportingStudio({
      comparison: createFakeComparison(),
    });
    await start('model-2');
    const result = await jobs.last().run();
    const folder = join(project.context.exportsFolder, 'export-1');
    expect(result).toEqual({ exportId: 'export-1', folder });
    const names = [
      'README.md',
      'example-input.rgb',
      'example.jpg',
      'labels.txt',
      'model-float32.preprocessing.json',
      'model-float32.tflite',
      'model-int8.preprocessing.json',
      'model-int8.tflite',
      'pocketlens-export.json',
      'report.html',
      'report.json',
    ];
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(readText(folder, 'model-int8.tflite')).toBe('weights of model-2');
    expect(readText(folder, 'model-float32.tflite')).toBe('weights of model-1');
    expect(readText(folder, 'labels.txt')).toBe('banana\nhat\n');
    expect(readText(folder, 'report.html')).toBe('html of comparison-1');
    expect(readText(folder, 'example.jpg')).toBe('upright photo 11');
    const contract = preprocessingSchema.parse(
      JSON.parse(readText(folder, 'model-int8.preprocessing.json')),
    );
    expect(contract).toEqual(int8Model.preprocessing);

    const archive = service.exportArchive('export-1');
    const files = unzipSync(readFileSync(archive ?? ''));
    expect(Object.keys(files).sort()).toEqual(names.map((name) => `lite0-int8/${name}`));
    expect(Buffer.from(files['lite0-int8/model-int8.tflite'] ?? []).toString()).toBe(
      'weights of model-2',
    );
  });

  it('numbers exports and gives out no other file', async () => {
    const { jobs, start, service } = openExportingStudio();
    await start('model-1');
    await jobs.last().run();
    expect(await jobs.last().run()).toMatchObject({ exportId: 'export-2' });
    expect(service.exportArchive('export-3')).toBeUndefined();
    expect(service.exportArchive('../project.sqlite')).toBeUndefined();
    expect(service.exportArchive('export-1/../export-1')).toBeUndefined();
  });

  it('leaves nothing behind when cancelled', async () => {
    const setup = openExportingStudio({
      task: (input, context) => {
        setup.jobs.last().cancel();
        return trace(input, context);
      },
    });
    await setup.start('model-2');
    await expect(setup.jobs.last().run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(setup.project.context.exportsFolder)).toEqual([]);
  });
});

describe('a file that two runtimes read differently', () => {
  const differing =
    (difference: number): typeof twice =>
    async () => ({
      checked: {
        runtimes: ['Fake runtime 1.0', 'Other runtime 2.0'],
        photos: 12,
        sameLabel: 3,
        largestDifference: difference,
      },
    });

  it.each([
    ['model-2', 0.9],
    ['model-1', 0.01],
    ['model-1', Number.NaN],
  ])('is not exported: %s by %d', async (modelId, difference) => {
    const { project, jobs, start } = openExportingStudio({ checking: differing(difference) });
    await start(modelId);
    await expect(jobs.last().run()).rejects.toMatchObject({
      code: 'model-broken',
      message: expect.stringContaining('on Other runtime 2.0 than on Fake runtime 1.0'),
    });
    expect(readdirSync(project.context.exportsFolder)).toEqual([]);
  });
});

describe('deploy.exportModel into a place', () => {
  it('replaces an earlier export, and nothing else', async () => {
    const { jobs, start, places } = openExportingStudio();
    const root = temporaryFolder();
    places.set('place-1', join(root, 'out'));
    places.set('place-2', root);
    await start('model-2', 'place-1');
    expect(await jobs.last().run()).toEqual({ folder: join(root, 'out') });
    await start('model-1', 'place-1');
    await jobs.last().run();
    expect(existsSync(join(root, 'out', 'model-int8.tflite'))).toBe(false);
    expect(existsSync(join(root, 'out', 'model-float32.tflite'))).toBe(true);

    mkdirSync(join(root, 'holiday'));
    await start('model-1', 'place-2');
    await expect(jobs.last().run()).rejects.toMatchObject({ code: 'not-writable' });
    expect(readdirSync(root).sort()).toEqual(['holiday', 'out']);
    await expect(start('model-1', 'place-9')).rejects.toMatchObject({ code: 'not-found' });
  });
});
