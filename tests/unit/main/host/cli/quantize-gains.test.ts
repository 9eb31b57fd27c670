import type { Handlers, ParsedInput } from '@shared/api/contract';
import type { QuantizationGains } from '@shared/domain/quantization-gains';
import { expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeStudio } from '../../../../fakes/fake-studio';

const gains: QuantizationGains = {
  photos: 42,
  floatCorrect: 41,
  all: { correct: 41, agreeing: 40, signalToNoise: 21.44 },
  without: [
    { correction: 'roundingSearch', correct: 41, agreeing: 40, signalToNoise: 21.44 },
    { correction: 'biasCorrection', correct: 38, agreeing: 37, signalToNoise: 9.96 },
  ],
};

function studio(found: QuantizationGains | undefined) {
  const asked: ParsedInput<'quantization.start'>[] = [];
  const done = createFakeJob({ id: 'job-1', state: 'done', result: { modelId: 'model-2' } });
  const handlers: Partial<Handlers> = {
    'quantization.start'(input) {
      asked.push(input);
      return { jobId: 'job-1' };
    },
    'jobs.list': () => ({ jobs: [done] }),
    'models.list': () => ({ models: [createFakeModel()] }),
    'models.get': ({ modelId }) => {
      const model = createFakeModel({ id: modelId, precision: 'int8' });
      const settings = asked[0]?.settings;
      if (!settings) return model;
      const check = { photos: 64, agreement: 1, largestDifference: 0.01 };
      const made = { settings, calibrationPhotos: 100, seconds: 1, changes: [], check };
      return { ...model, quantization: { ...made, ...(found && { gains: found }) } };
    },
  };
  const media = {
    'model/model-2.tflite': {
      kind: 'file' as const,
      contentType: 'application/octet-stream',
      path: '/models/model-2.tflite',
    },
  };
  return { app: createFakeStudio({ handlers, media }), asked };
}

it.each([
  [[], { biasCorrection: true, equalization: false, roundingSearch: false }],
  [['--search-rounding'], { biasCorrection: true, roundingSearch: true }],
  [['--no-bias-correction', '--equalize'], { biasCorrection: false, equalization: true }],
])('%j switches corrections', async (args, settings) => {
  const { app, asked } = studio(undefined);
  const run = await runFakeCli(app, ['quantize', 'p', ...args]);
  expect(run.code).toBe(0);
  expect(asked[0]?.settings).toMatchObject(settings);
  expect(run.stdout).not.toContain('Signal to noise');
});

it('tells what each correction gained, and that one gained nothing', async () => {
  const run = await runFakeCli(studio(gains).app, ['quantize', 'p', '--search-rounding']);
  expect(run.stdout).toMatch(/rounding searched +21\.4 → 21\.4 dB +40 → 40 +41 → 41 +no gain/);
  expect(run.stdout).toMatch(/biases corrected +10\.0 → 21\.4 dB +37 → 40 +38 → 41 +gain/);
  expect(run.stdout).toContain('on 42 validation photos; float32: 41 right');
});

it('gives the same as JSON', async () => {
  const run = await runFakeCli(studio(gains).app, ['quantize', 'p', '--json']);
  expect(run.json()).toMatchObject({ gains });
});
