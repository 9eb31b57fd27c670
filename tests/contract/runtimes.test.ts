import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNot } from '@main/engine/runtime/choose-runtime';
import { nativeFolder, nativeLibraryName } from '@main/engine/runtime/native/native-folder';
import { createNativeRuntime } from '@main/engine/runtime/native/native-runtime';
import type { Graph } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { writeTflite } from '@main/engine/graph/write-tflite';
import type { Runtime, TensorData } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { temporaryFolder } from '../fixtures/temporary-folder';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const repository = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const libraryFile = join(nativeFolder(), nativeLibraryName());
const createNative = (threads: number) =>
  createNativeRuntime({
    processFile: repository('tests/fixtures/native-process.mjs'),
    libraryFile,
    threads,
  });

interface Subject {
  name: string;
  create(): Promise<Runtime>;
  threads: number;
  /** Why it can't be tested here. */
  absent?: string;
}

const absent = whyNot(libraryFile);
const subjects: Subject[] = [
  { name: 'WebAssembly', create: createWasmRuntime, threads: 1 },
  { name: 'native', create: () => createNative(1), threads: 1, absent },
  { name: 'native, two threads', create: () => createNative(2), threads: 2, absent },
];

/** A photo-like input: a gradient, normalized to about -1..1. */
function gradient(): Float32Array {
  return Float32Array.from({ length: 224 * 224 * 3 }, (_, i) => ((i / 3) % 224) / 112 - 1);
}

describe.each(subjects)('$name', ({ create, threads, absent: reason, name: subject }) => {
  if (reason !== undefined) {
    test.skip(`is not here: ${reason}`, () => {});
    return;
  }
  let runtime: Runtime;
  let backbone: Uint8Array;

  beforeAll(async () => {
    backbone = await readFile(repository('resources/backbones/efficientnet-lite0.tflite'));
    runtime = await create();
  });
  afterAll(() => runtime.dispose());

  describe('a model that LiteRT reads', () => {
    test('says what goes in and what comes out', async () => {
      const model = await runtime.load(backbone);
      expect(model.inputs).toEqual([{ name: 'image', type: 'float32', shape: [1, 224, 224, 3] }]);
      expect(model.outputs).toEqual([{ name: 'features', type: 'float32', shape: [1, 1280] }]);
      expect(model.loadMs).toBeGreaterThan(0);
      model.dispose();
    });

    test('answers with features of the documented range, the same every time', async () => {
      const model = await runtime.load(backbone);
      const [features] = await model.run([gradient()]);
      const [again] = await model.run([gradient()]);
      const [other] = await model.run([gradient().map((value) => -value)]);
      expect(features).toBeInstanceOf(Float32Array);
      expect(features).toHaveLength(1280);
      const values = Array.from(features ?? []);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(6);
      expect(Math.max(...values)).toBeGreaterThan(0.1);
      expect(again).toEqual(features);
      expect(other).not.toEqual(features);
      model.dispose();
    });

    test('answers runs that begin before the one before has answered, each its own input', async () => {
      const model = await runtime.load(backbone);
      const inputs = [1, -1, 0.5].map((share) => gradient().map((value) => value * share));
      const apart: TensorData[] = [];
      for (const input of inputs) apart.push(...(await model.run([input])));
      const together = await Promise.all(inputs.map((input) => model.run([input])));
      expect(together.flat()).toEqual(apart);
      expect(apart[0]).not.toEqual(apart[1]);
      model.dispose();
    });

    test('lives beside others, and each keeps its own input', async () => {
      const first = await runtime.load(backbone);
      const second = await runtime.load(backbone);
      const [alone] = await first.run([gradient()]);
      await second.run([new Float32Array(224 * 224 * 3)]);
      const [after] = await first.run([gradient()]);
      expect(after).toEqual(alone);
      second.dispose();
      expect((await first.run([gradient()]))[0]).toEqual(alone);
      first.dispose();
    });

    test('refuses inputs of the wrong size, type or number', async () => {
      const model = await runtime.load(backbone);
      await expect(model.run([new Float32Array(3)])).rejects.toThrow(/takes 150528 float32 values/);
      await expect(model.run([new Uint8Array(224 * 224 * 3)])).rejects.toThrow(/Uint8Array/);
      await expect(model.run([])).rejects.toThrow(/0 inputs given/);
      model.dispose();
    });

    test('refuses to run after it was disposed; disposing twice is harmless', async () => {
      const model = await runtime.load(backbone);
      model.dispose();
      model.dispose();
      await expect(model.run([gradient()])).rejects.toMatchObject({ code: 'runtime-failed' });
    });
  });

  describe('a file that is no model', () => {
    const garbage: [string, () => Uint8Array][] = [
      ['empty', () => new Uint8Array(0)],
      ['noise', () => Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)],
      [
        'text',
        () => new TextEncoder().encode('TFL3 is written here, but this is prose. '.repeat(50)),
      ],
      ['the first half of a model', () => backbone.subarray(0, backbone.length / 2)],
    ];
    test.each(garbage)('%s is refused with a code and a remedy', async (_, file) => {
      await expect(runtime.load(file())).rejects.toMatchObject({
        name: 'AppError',
        code: 'model-unreadable',
        remedy: expect.stringContaining('.tflite'),
      });
    });

    test('leaves the runtime usable', async () => {
      const model = await runtime.load(backbone);
      expect((await model.run([gradient()]))[0]).toHaveLength(1280);
      model.dispose();
    });
  });

  describe('a model that LiteRT reads but cannot run', () => {
    /** Both loaded and run: LiteRT prepares some operators at load, some in the first inference. */
    async function loadAndRun(graph: Graph, input: TensorData) {
      const model = await runtime.load(writeTflite(graph));
      try {
        return await model.run([input]);
      } finally {
        model.dispose();
      }
    }

    /** RESHAPE of six values to five. */
    function impossibleReshape(): Graph {
      const builder = new GraphBuilder();
      const input = builder.input('x', [1, 6]);
      return builder.finish([
        builder.operator('RESHAPE', 'y', [input], [1, 5], { newShape: [1, 5] }),
      ]);
    }

    test('is refused in LiteRT’s own words, which it only logs', async () => {
      await expect(loadAndRun(impossibleReshape(), new Float32Array(6))).rejects.toMatchObject({
        name: 'AppError',
        code: 'model-broken',
        message: expect.stringMatching(/^LiteRT cannot prepare this model: .*reshape/),
        remedy: expect.stringContaining('Export'),
      });
    });
  });

  test.each([
    ['int8', Int8Array.of(-128, -1, 0, 127)],
    ['uint8', Uint8Array.of(0, 1, 128, 255)],
    ['int32', Int32Array.of(-2_000_000_000, -1, 0, 2_000_000_000)],
  ] as const)('%s values go in and come out unchanged', async (type, values) => {
    const quantization = { scale: [0.5], zeroPoint: [0], axis: 0 };
    const builder = new GraphBuilder();
    const input = builder.input('x', [1, 4]);
    const output = builder.operator('RESHAPE', 'y', [input], [4, 1], { newShape: [4, 1] });
    const graph = builder.finish([output]);
    const typed = graph.tensors.map((tensor) => ({ ...tensor, type, quantization }));
    const model = await runtime.load(writeTflite({ ...graph, tensors: typed }));
    expect(model.inputs[0]?.type).toBe(type);
    expect(await model.run([values])).toEqual([values]);
    model.dispose();
  });

  test('a disposed runtime refuses to load', async () => {
    const closed = await create();
    await closed.dispose();
    await expect(closed.load(backbone)).rejects.toMatchObject({ code: 'runtime-failed' });
  });

  test('names itself for provenance', () => {
    expect(runtime.name).toMatch(/^LiteRT \d+\.\d+\.\d+ (WebAssembly|native) \(.+\)$/);
    expect(runtime.name).toContain(subject.split(',')[0]);
    expect(runtime.threads).toBe(threads);
  });

  test('times an inference by itself', async () => {
    const model = await runtime.load(backbone);
    await model.run([gradient()]);
    const start = performance.now();
    await model.run([gradient()]);
    expect(model.lastRunMs).toBeGreaterThan(0.5);
    expect(model.lastRunMs).toBeLessThanOrEqual(performance.now() - start);
    model.dispose();
  });

  test('tells the memory of a model, in a start of its own', async () => {
    const file = join(temporaryFolder(), 'tiny.tflite');
    const builder = new GraphBuilder();
    const input = builder.input('x', [1, 4]);
    const output = builder.operator('RESHAPE', 'y', [input], [4, 1], { newShape: [4, 1] });
    await writeFile(file, writeTflite(builder.finish([output])));
    const tiny = await runtime.weigh?.(file);
    const large = await runtime.weigh?.(
      repository('resources/backbones/efficientnet-lite0.tflite'),
    );
    expect(large?.of).toBe(subject === 'WebAssembly' ? 'linear-memory' : 'process');
    // The file itself and its weights as LiteRT packs them, whatever a start takes by itself.
    const difference = (large?.peakBytes ?? 0) - (tiny?.peakBytes ?? Infinity);
    expect(difference).toBeGreaterThan(backbone.byteLength);
    expect(difference).toBeLessThan(8 * backbone.byteLength);
    const broken = join(temporaryFolder(), 'broken.tflite');
    await writeFile(broken, backbone.subarray(0, backbone.length / 2));
    await expect(runtime.weigh?.(broken)).rejects.toMatchObject({ code: 'model-unreadable' });
  });

  test('answers the same with more threads, where it has them', async () => {
    const more = await runtime.withThreads?.(threads + 1);
    expect(more !== undefined).toBe(subject !== 'WebAssembly');
    if (!more) return;
    try {
      expect(more.threads).toBe(threads + 1);
      const [expected] = await (await runtime.load(backbone)).run([gradient()]);
      const [features] = await (await more.load(backbone)).run([gradient()]);
      expect(features?.every((value, i) => Math.abs(value - (expected?.[i] ?? NaN)) < 1e-4)).toBe(
        true,
      );
    } finally {
      await more.dispose();
    }
  });

  test('answers as WebAssembly does', async () => {
    const reference = await createWasmRuntime();
    const [expected] = await (await reference.load(backbone)).run([gradient()]);
    await reference.dispose();
    const model = await runtime.load(backbone);
    const [features] = await model.run([gradient()]);
    const differences = Array.from(features ?? [], (value, i) =>
      Math.abs(value - (expected?.[i] ?? NaN)),
    );
    expect(differences).toHaveLength(1280);
    expect(Math.max(...differences)).toBeLessThan(1e-4);
    model.dispose();
  });
});
