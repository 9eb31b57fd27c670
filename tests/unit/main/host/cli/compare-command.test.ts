import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handlers } from '@shared/api/contract';
import type { Comparison } from '@shared/domain/comparison';
import { packComparison } from '@shared/domain/packed-comparison';
import { expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeComparison } from '../../../../fakes/fake-comparison';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeStudio } from '../../../../fakes/fake-studio';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

function compareStudio(changes: Partial<Comparison> = {}, handlers: Partial<Handlers> = {}) {
  const seen: unknown[] = [];
  const app = createFakeStudio({
    handlers: {
      'jobs.list': () => ({
        jobs: [createFakeJob({ state: 'done', result: { comparisonId: 'comparison-1' } })],
      }),
      'models.list': () => ({
        models: [
          createFakeModel({ id: 'model-5' }),
          createFakeModel({ id: 'model-4', parentId: 'model-9' }),
          createFakeModel({ id: 'model-2', parentId: 'model-1' }),
          createFakeModel({ id: 'model-1' }),
        ],
      }),
      'evaluation.compare': (input) => {
        seen.push(input);
        return { jobId: 'job-1' };
      },
      'evaluation.comparison': () => packComparison(createFakeComparison(changes)),
      ...handlers,
    },
    media: {
      'comparison/comparison-1/report.html': {
        kind: 'bytes',
        contentType: 'text/html',
        bytes: Buffer.from('<html>'),
      },
    },
  });
  return { app, seen };
}

it('takes the newest quantized model and its parent, the parent first', async () => {
  const { app, seen } = compareStudio();
  const run = await runFakeCli(app, ['compare', 'p', '--json']);
  expect(seen).toEqual([{ modelIds: ['model-1', 'model-2'], split: 'test' }]);
  expect(run.json()).toMatchObject({
    models: [
      {
        id: 'model-1',
        precision: 'float32',
        bytes: 4_000_000,
        top1: 1,
        interval: { low: 0.3, high: 1 },
        topK: [{ k: 1, total: 0 }],
        calibration: { bins: [] },
        latencyMs: { p50: 9.5, p95: 12 },
      },
      { id: 'model-2', top1: 0.75 },
    ],
    difference: { lost: 1, sizeRatio: 4, flips: 1 },
    flips: [
      {
        modelId: 'model-2',
        photoId: 7,
        truth: 'truck',
        first: { label: 'truck', probability: 0.9 },
        second: { label: 'banana', probability: 0.6 },
      },
    ],
    verdict: expect.stringContaining('within chance'),
  });
});

it('prints a table and writes the report', async () => {
  const { app, seen } = compareStudio();
  const report = join(temporaryFolder(), 'new', 'report.html');
  const options = ['--models', 'model-3,model-1,model-2', '--split', 'validation'];
  const run = await runFakeCli(app, ['compare', 'p', ...options, '--report', report]);
  expect(seen).toEqual([{ modelIds: ['model-3', 'model-1', 'model-2'], split: 'validation' }]);
  expect(run.stdout).toMatch(/model-2 int8 +75\.0% \(3\/4\) .* -25\.0 points +– +1\.0 MB/);
  expect(run.stdout).not.toContain('generated');
  expect(await readFile(report, 'utf8')).toBe('<html>');
});

it('tells latency with several threads and memory, or that they were not measured', async () => {
  const fake = createFakeComparison();
  const changes = {
    machine: { cpu: 'Fast One', cores: 4, runtime: 'LiteRT 2.3.0 native' },
    models: fake.models.map((model, index) => ({
      ...model,
      threadedLatencyMs: { p50: 3 + index, p95: 7, runs: 50, warmupRuns: 8, threads: 4 },
      memory: { peakBytes: 40_000_000, of: 'process' as const },
    })),
  };
  const run = await runFakeCli(compareStudio(changes).app, ['compare', 'p']);
  expect(run.stdout).toMatch(/p50, 4 threads +p95, 4 threads +Memory/);
  expect(run.stdout).toMatch(/model-2 int8 .* 9\.50? ms +12\.0 ms +4\.00? ms +7\.00? ms +40\.0 MB/);
  expect(run.stdout).toContain('on this computer (Fast One, 4 cores, LiteRT 2.3.0 native)');
  const json = await runFakeCli(compareStudio(changes).app, ['compare', 'p', '--json']);
  expect(json.json()).toMatchObject({
    machine: { cpu: 'Fast One' },
    models: [{ threadedLatencyMs: { p50: 3, threads: 4 }, memory: { peakBytes: 40_000_000 } }, {}],
  });
  const before = await runFakeCli(compareStudio().app, ['compare', 'p']);
  expect(before.stdout).toMatch(/model-2 int8 .* not measured$/m);
  expect(before.stdout).not.toContain('threads');
  const wasm = {
    cpu: 'Fast One',
    cores: 4,
    runtime: 'LiteRT WebAssembly',
    oneThread: 'runtime' as const,
  };
  const one = await runFakeCli(compareStudio({ machine: wasm }).app, ['compare', 'p']);
  expect(one.stdout).toContain('LiteRT WebAssembly has one thread here: with several nothing was');
});

it('says of generated pictures that they are', async () => {
  const run = await runFakeCli(compareStudio({ generated: true }).app, ['compare', 'p']);
  expect(run.stdout).toContain('4 generated pictures');
  expect(run.stdout).not.toContain('4 photos');
});

it('tells what a threshold does, as a table and for programs', async () => {
  const answers = [0.9, 0.8, 0.6, 0.4].map((sure, index) => ({
    photoId: index + 1,
    truth: index === 0 ? 1 : 0,
    probabilities: [
      [sure, 1 - sure],
      [0.55, 0.45],
    ],
  }));
  const args = ['compare', 'p', '--threshold', '0.7'];
  const { stdout } = await runFakeCli(compareStudio({ answers }).app, args);
  expect(stdout).toContain('An app that is silent below 70.0%:');
  expect(stdout).toContain('  model-1 float32 answers 2 of 4, 50.0% of them rightly.');
  expect(stdout).toContain('  model-2 int8 answers 0 of 4.');
  const run = await runFakeCli(compareStudio({ answers }).app, [...args, '--json']);
  expect(run.json()).toMatchObject({
    models: [
      { atThreshold: { threshold: 0.7, answered: 2, correct: 1 } },
      { atThreshold: { threshold: 0.7, answered: 0, correct: 0 } },
    ],
  });
  const wrong = await runFakeCli(compareStudio().app, ['compare', 'p', '--threshold', '70']);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('from 0 to 1') });
});

it('answers worse pictures when asked to, and not otherwise', async () => {
  const score = (correct: number) => ({ correct, interval: { low: 0, high: 1 }, agreement: 1 });
  const asked: unknown[] = [];
  const { app } = compareStudio(
    {},
    {
      'evaluation.disturb': (input) => {
        asked.push(input);
        return { jobId: 'job-1' };
      },
      'evaluation.robustness': () => ({
        robustness: {
          at: '2026-03-04T09:30:00.000Z',
          runtime: 'Fake runtime 1.0',
          photos: 4,
          plain: [score(4), score(3)],
          effects: [
            { disturbance: 'noise', levels: [{ strength: 8, models: [score(2), score(1)] }] },
          ],
        },
      }),
    },
  );
  const { stdout } = await runFakeCli(app, ['compare', 'p', '--robustness']);
  expect(asked).toEqual([{ comparisonId: 'comparison-1' }]);
  expect(stdout).toMatch(/as they are +100\.0% \(4\/4\) +75\.0% \(3\/4\)/);
  expect(stdout).toMatch(/noise +8 +50\.0% \(2\/4\) +25\.0% \(1\/4\)/);
  const run = await runFakeCli(app, ['compare', 'p', '--robustness', '--json']);
  expect(run.json()).toMatchObject({ robustness: { photos: 4 } });
  await runFakeCli(app, ['compare', 'p']);
  expect(asked).toHaveLength(2);
});

it('tells accuracy part by part when asked to', async () => {
  const part = (value: string, top1: number) => ({
    value,
    photos: 4,
    models: [{ correct: 4 * top1, top1, interval: { low: 0.3, high: 1 } }],
  });
  const { app } = compareStudio(
    {},
    {
      'evaluation.slices': () => ({
        slices: [
          { dimension: 'import', more: 0, slices: [part('2026-03-04T09:30:00.000Z', 0.5)] },
          { dimension: 'brightness', more: 2, slices: [part('low', 0.75), part('', 1)] },
        ],
      }),
    },
  );
  const { stdout } = await runFakeCli(app, ['compare', 'p', '--slices']);
  expect(stdout).toMatch(/2026-03-04 09:30 +4 +50\.0% \(30\.0% to 100\.0%\)/);
  expect(stdout).toMatch(/Darkest third +4 +75\.0%/);
  expect(stdout).toMatch(/Not known +4 +100\.0%/);
  expect(stdout).toContain('2 parts with higher accuracy left out.');
  const run = await runFakeCli(app, ['compare', 'p', '--slices', '--json']);
  expect(run.json()).toMatchObject({ slices: [{ dimension: 'import' }, { more: 2 }] });
});
