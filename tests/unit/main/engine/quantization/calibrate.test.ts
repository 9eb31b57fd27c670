import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { calibrate } from '@main/engine/quantization/calibrate';
import { minMaxObserver } from '@main/engine/quantization/range-observer';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOf } from '../../../../fixtures/small-classifier';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

/** x -> doubled = 2x -> clipped = relu(doubled), three values. */
function doubleAndClip() {
  const builder = new GraphBuilder();
  const input = builder.input('x', [1, 3]);
  const two = builder.constant('two', [1], Float32Array.of(2));
  const doubled = builder.operator('MUL', 'doubled', [input, two], [1, 3], { activation: 'none' });
  const clipped = builder.operator('RELU', 'clipped', [doubled], [1, 3], {});
  return { graph: builder.finish([clipped]), doubled, clipped };
}

const inputs = [Float32Array.of(1, -3, 0), Float32Array.of(5, 0, 2)];

test('finds the extremes of every activation over all inputs, and reports each', async () => {
  const { graph, doubled, clipped } = doubleAndClip();
  const done: number[] = [];
  const { ranges } = await calibrate(graph, eachOf(inputs), runtime, {
    onPhoto: (count) => done.push(count),
  });
  expect(ranges).toEqual(
    new Map([
      [doubled, { min: -6, max: 10 }],
      [clipped, { min: 0, max: 10 }],
    ]),
  );
  expect(done).toEqual([1, 2]);
});

/** Two layers over a picture of 6 × 8 with 3 channels: 2x, then that minus 5. */
function overPicture() {
  const builder = new GraphBuilder();
  const shape = [1, 6, 8, 3];
  const input = builder.input('x', shape);
  const two = builder.constant('two', [1], Float32Array.of(2));
  const five = builder.constant('five', [3], Float32Array.of(-5, 0, 5));
  const none = { activation: 'none' } as const;
  const doubled = builder.operator('MUL', 'doubled', [input, two], shape, none);
  const moved = builder.operator('ADD', 'moved', [doubled, five], shape, none);
  return { graph: builder.finish([moved]), doubled, moved };
}

const pictures = [3, 7].map((seed) =>
  Float32Array.from({ length: 6 * 8 * 3 }, (_, at) => ((at * seed * 37) % 101) / 50 - 1),
);

test('tells of large activations what looking at every value tells', async () => {
  const { graph, doubled, moved } = overPicture();
  const short = await calibrate(graph, eachOf(pictures), runtime);
  const whole = await calibrate(graph, eachOf(pictures), runtime, {
    createObserver: minMaxObserver,
  });
  expect(short.ranges).toEqual(whole.ranges);
  expect(short.extremes).toEqual(whole.extremes);
  expect([...short.ranges.keys()]).toEqual([doubled, moved]);
  for (const [tensor, means] of whole.means) {
    expect(short.means.get(tensor)).toHaveLength(3);
    means.forEach((mean, channel) =>
      expect(short.means.get(tensor)?.[channel]).toBeCloseTo(mean, 5),
    );
  }
});

test('takes zero for the least of what never is below it', async () => {
  const { graph: before, moved } = overPicture();
  const builder = new GraphBuilder(before);
  const clipped = builder.operator('RELU', 'clipped', [moved], builder.shapeOf(moved), {});
  const { ranges, extremes } = await calibrate(
    builder.finish([clipped]),
    eachOf(pictures),
    runtime,
  );
  const max = ranges.get(moved)?.max ?? 0;
  expect(max).toBeGreaterThan(5);
  expect(ranges.get(clipped)).toEqual({ min: 0, max });
  expect(Math.max(...(extremes.get(clipped) ?? []))).toBe(max);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'a large activation that holds %s once is no number',
  async (value) => {
    const picture = pictures[0]?.slice() ?? new Float32Array();
    picture[70] = value;
    await expect(calibrate(overPicture().graph, eachOf([picture]), runtime)).rejects.toMatchObject({
      code: 'model-broken',
      message: expect.stringContaining('doubled'),
    });
  },
);

test('leaves out means and extremes that nobody wants', async () => {
  const { graph } = overPicture();
  const channels = { means: false, extremes: true };
  const found = await calibrate(graph, eachOf(pictures), runtime, { channels });
  expect(found.means.size).toBe(0);
  expect(found.extremes.size).toBe(3);
});

test('takes another rule for ranges', async () => {
  const { graph, clipped } = doubleAndClip();
  const { ranges } = await calibrate(graph, eachOf(inputs), runtime, {
    createObserver: () => {
      let total = 0;
      return {
        observe: (values) => {
          total += values.length;
        },
        range: () => ({ min: 0, max: total }),
      };
    },
  });
  expect(ranges.get(clipped)).toEqual({ min: 0, max: 6 });
});

test('stops between inputs when cancelled', async () => {
  const controller = new AbortController();
  let taken = 0;
  async function* endless() {
    for (;;) {
      taken++;
      yield Float32Array.of(1, 2, 3);
    }
  }
  const calibration = calibrate(doubleAndClip().graph, endless(), runtime, {
    signal: controller.signal,
    onPhoto: (done) => {
      if (done === 3) controller.abort();
    },
  });
  await expect(calibration).rejects.toMatchObject({ code: 'cancelled' });
  expect(taken).toBe(3);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'a model that computes %s is broken, and the tensor is named',
  async (value) => {
    const values = eachOf([Float32Array.of(1, value, 1)]);
    await expect(calibrate(doubleAndClip().graph, values, runtime)).rejects.toMatchObject({
      code: 'model-broken',
      message: expect.stringContaining('doubled'),
    });
  },
);

test('no inputs, no ranges', async () => {
  await expect(calibrate(doubleAndClip().graph, eachOf([]), runtime)).rejects.toMatchObject({
    code: 'not-ready',
  });
});
