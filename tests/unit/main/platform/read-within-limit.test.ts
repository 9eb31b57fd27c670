import { readWithinLimit } from '@main/platform/read-within-limit';
import { AppError } from '@shared/api/errors';
import { expect, it } from 'vitest';

/** Never ends by itself, as a reader on a damaged file. */
const forever = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled.')));
  });

it('gives what was read', async () => {
  expect(await readWithinLimit('m.tflite', undefined, async () => 42)).toBe(42);
});

it('gives up on a file that keeps its reader, and says what is probably wrong', async () => {
  await expect(readWithinLimit('m.tflite', undefined, forever, 20)).rejects.toMatchObject({
    code: 'model-unreadable',
    message: 'm.tflite could not be read within 0.02 seconds.',
  });
});

it('is cancelled when asked to be, not late', async () => {
  const controller = new AbortController();
  const reading = readWithinLimit('m.tflite', controller.signal, forever);
  controller.abort();
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
});

it('passes other errors on', async () => {
  const wrong = new AppError('model-unsupported', 'It has an operator of its own.');
  const reading = readWithinLimit('m.tflite', undefined, () => Promise.reject(wrong));
  await expect(reading).rejects.toBe(wrong);
});
