import { weighModels } from '@main/workers/weigh-models';
import type { ModelMemory } from '@shared/domain/comparison';
import { expect, it } from 'vitest';
import { createFakeRuntime } from '../../../fakes/fake-runtime';
import { createTaskContext } from '../../../fakes/fake-task-context';

it('weighs each model in two starts and takes the lesser: other work only adds', async () => {
  const found: Record<string, number[]> = { 'a.tflite': [900, 500], 'b.tflite': [100, 700] };
  const weigh = async (path: string): Promise<ModelMemory> => ({
    peakBytes: found[path]?.shift() ?? 0,
    of: 'process',
  });
  const done: number[] = [];
  const { memory } = await weighModels(
    { files: ['a.tflite', 'b.tflite'] },
    createTaskContext<'weigh-models'>(
      { ...createFakeRuntime(), weigh },
      { report: (progress) => done.push(progress.done) },
    ),
  );
  expect(memory).toEqual([
    { peakBytes: 500, of: 'process' },
    { peakBytes: 100, of: 'process' },
  ]);
  expect(done).toEqual([1, 2]);
});

it('has nothing to say where the runtime can’t tell', async () => {
  const context = createTaskContext<'weigh-models'>(createFakeRuntime());
  expect(await weighModels({ files: ['a.tflite'] }, context)).toEqual({ memory: [undefined] });
});

it('stops between two starts when cancelled', async () => {
  const controller = new AbortController();
  let starts = 0;
  const weigh = async (): Promise<ModelMemory> => {
    starts += 1;
    controller.abort();
    return { peakBytes: 1, of: 'process' };
  };
  const task = weighModels(
    { files: ['a.tflite', 'b.tflite'] },
    createTaskContext<'weigh-models'>(
      { ...createFakeRuntime(), weigh },
      { signal: controller.signal },
    ),
  );
  await expect(task).rejects.toMatchObject({ code: 'cancelled' });
  expect(starts).toBe(1);
});
