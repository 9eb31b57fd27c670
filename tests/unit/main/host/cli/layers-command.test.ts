import { AppError } from '@shared/api/errors';
import { expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeStudio } from '../../../../fakes/fake-studio';

const measured = {
  photos: 16,
  runtime: 'LiteRT',
  layers: [
    { name: 'handed', operator: 'ADD', signalToNoise: 9.2, added: 0, clipped: 0 },
    { name: 'stem', operator: 'CONV_2D', signalToNoise: 12, added: 0.75, clipped: 0.012 },
  ],
};

it('prints each tensor, and which are worth keeping in float', async () => {
  const app = createFakeStudio({ handlers: { 'quantization.layers': () => measured } });
  const run = await runFakeCli(app, ['layers', 'p', '--model', 'model-2']);
  expect(run.stdout).toMatch(/^stem +CONV_2D +12\.0 dB +75\.0% +1\.2%/m);
  expect(run.stdout).toContain('Rounding costs most in: stem.');
  expect(run.stdout).toContain('Measured on 16 photos, LiteRT.');
  expect((await runFakeCli(app, ['layers', 'p', '--model=model-2', '--json'])).json()).toEqual(
    measured,
  );
});

it('says why a model has no layers to measure', async () => {
  const app = createFakeStudio({
    handlers: {
      'quantization.layers': () => {
        throw new AppError('bad-request', 'Lite0 was not quantized.', 'Choose a quantized one.');
      },
    },
  });
  const run = await runFakeCli(app, ['layers', 'p', '--model', 'model-1']);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('Choose a quantized one') });
});
