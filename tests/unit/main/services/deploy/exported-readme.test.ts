import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '@shared/api/errors';
import { createFakeComparison } from '../../../../fakes/fake-comparison';
import {
  render,
  type Setup,
  openExportingStudio,
  readText,
} from '../../../../fixtures/exporting-studio';

describe('README.md', () => {
  async function readmeOf(setup: Setup, modelId = 'model-2') {
    const { project, jobs, start, dataset, models } = openExportingStudio(setup);
    await start(modelId);
    return {
      dataset,
      models,
      jobs,
      text: async () => {
        await jobs.last().run();
        return readText(join(project.context.exportsFolder, 'export-1'), 'README.md');
      },
    };
  }

  it('shows what went in and what came out, as the models said it', async () => {
    const text = await (await readmeOf({})).text();
    expect(text).toContain('`example.jpg` is “11.jpg”, labeled banana (a test photo');
    expect(text).toContain('    255, 255, 255   255, 255, 255');
    expect(text).toContain('    255, 1, 128\n');
    expect(text).toContain('    1, -0.992188, 0\n');
    expect(text).toContain('| banana | 0 | 192 | 0.7500 |\n| hat | 1 | 64 | 0.2500 |');
    expect(text).toContain('| banana | 0 | 0.7500 |\n| hat | 1 | 0.2500 |');
    expect(text).toContain('Fake runtime 1.0');
    expect(text).toContain('from the project “Seven \\*things\\*” on 2026-03-04');
    expect(text).toContain('was not compared');
  });

  it('has snippets with the contract’s own numbers', async () => {
    const int8 = await (await readmeOf({})).text();
    expect(int8).toContain('(real / 0.0078125f).roundToInt() + 128');
    expect(int8).toContain('0.00390625f * ((output.get().toInt() and 0xff) - 0)');
    expect(int8).toContain('UInt8(clamping: Int((real / 0.0078125).rounded()) + 128)');
    expect(int8).toContain('val MEAN = floatArrayOf(127.5f, 127.5f, 127.5f)');
    const float = await (await readmeOf({}, 'model-1')).text();
    expect(float).toContain('input.putFloat(real)');
    expect(float).toContain('output.getFloat()');
    expect(float).not.toContain('coerceIn');
  });

  it('carries the verdict, and says when pictures are generated', async () => {
    const comparison = createFakeComparison({ verdict: 'int8 is as good.' });
    const text = await (await readmeOf({ comparison, generated: true })).text();
    expect(text).toContain('int8 is as good.');
    expect(text).toContain('**Generated pictures.**');
  });

  it('tries another photo when one can’t be read, and does without when none can', async () => {
    const unreadable: typeof render = (input, context) =>
      basename(input.path) === '11.jpg'
        ? Promise.reject(new AppError('photo-unreadable', 'It is cut short.'))
        : render(input, context);
    const other = await readmeOf({ rendering: unreadable });
    writeFileSync(other.dataset.files.get(12)?.path ?? '', 'another photo');
    expect(await other.text()).toContain('`example.jpg` is “13.jpg”');
    expect(other.jobs.last().log).toEqual([
      '11.jpg can’t be the example: It is cut short.',
      '12.jpg can’t be the example: Its file is gone or was changed.',
    ]);

    const none = await readmeOf({});
    none.dataset.files.clear();
    expect(await none.text()).toContain('No photo of the project could be read');
    expect(none.jobs.last().log[0]).toContain('no worked example');
  });

  it('says what a second runtime answered, or that there was none', async () => {
    const both = await (await readmeOf({})).text();
    expect(both).toContain(
      '`model-int8.tflite`: on 8 photos, Fake runtime 1.0 and Other runtime 2.0 give the same label for 8; a probability differs by at most 0.00035.',
    );
    const one = await (await readmeOf({ checking: async () => ({}) })).text();
    expect(one).toContain('`model-int8.tflite`: run on one implementation of LiteRT only');
  });

  it('says when the float parent is gone', async () => {
    const setup = await readmeOf({});
    setup.models.records.shift();
    expect(await setup.text()).not.toContain('model-float32.tflite');
    expect(setup.jobs.last().log[0]).toContain('was removed');
  });

  it('fails on what is no photo’s fault', async () => {
    const setup = await readmeOf({
      task: () => Promise.reject(new AppError('model-broken', 'LiteRT refused it.')),
    });
    await expect(setup.text()).rejects.toMatchObject({ code: 'model-broken' });
  });
});
