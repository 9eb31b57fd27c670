import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { tracePhoto } from '@main/workers/trace-photo';
import { createPreprocessing } from '../../../fakes/fake-model';
import { createFakeRuntime } from '../../../fakes/fake-runtime';
import { createTaskContext } from '../../../fakes/fake-task-context';

it('shows what goes in and what comes out', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trace-'));
  try {
    const path = join(folder, 'red.png');
    const red = { width: 8, height: 8, channels: 3, background: '#ff0000' } as const;
    await sharp({ create: red }).png().toFile(path);
    const modelFile = join(folder, 'model.tflite');
    await writeFile(modelFile, new Uint8Array([1]));
    const runtime = createFakeRuntime(() => new Uint8Array([64, 192]));
    const trace = await tracePhoto(
      {
        modelFile,
        preprocessing: createPreprocessing({
          input: { type: 'uint8', scale: 1 / 127.5, zeroPoint: 127 },
          output: { type: 'uint8', scale: 1 / 256, zeroPoint: 0 },
        }),
        photo: { photoId: 1, sha256: '', path },
      },
      createTaskContext<'trace-photo'>(runtime),
    );
    expect(trace.pixels).toHaveLength(4 * 4 * 3);
    expect(Array.from(trace.pixels.subarray(0, 3))).toEqual([255, 0, 0]);
    expect(trace.firstStored).toEqual([255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0]);
    expect(trace.storedOutput).toEqual([64, 192]);
    expect(trace.probabilities).toEqual([0.25, 0.75]);
    expect(runtime.open).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
