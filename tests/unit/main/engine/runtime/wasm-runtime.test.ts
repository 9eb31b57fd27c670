import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Graph } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { writeTflite } from '@main/engine/graph/write-tflite';
import type { Runtime, TensorData } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const repository = (path: string) =>
  fileURLToPath(new URL(`../../../../../${path}`, import.meta.url));

let runtime: Runtime;
let backbone: Uint8Array;

beforeAll(async () => {
  backbone = await readFile(repository('resources/backbones/efficientnet-lite0.tflite'));
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

/** A photo-like input: a gradient, normalized to about -1..1. */
function gradient(): Float32Array {
  return Float32Array.from({ length: 224 * 224 * 3 }, (_, i) => ((i / 3) % 224) / 112 - 1);
}

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

  /** An int8 tensor must say what its integers stand for: LiteRT divides by the absent scale. */
  function int8WithoutQuantization(): Graph {
    const builder = new GraphBuilder();
    const input = builder.input('x', [4]);
    const sum = builder.operator('ADD', 'y', [input, input], [4], { activation: 'none' });
    const graph = builder.finish([sum]);
    return { ...graph, tensors: graph.tensors.map((tensor) => ({ ...tensor, type: 'int8' })) };
  }

  test('may abort LiteRT: models loaded before say so, the next one loads again', async () => {
    const before = await runtime.load(backbone);
    await expect(loadAndRun(int8WithoutQuantization(), new Int8Array(4))).rejects.toMatchObject({
      code: 'model-broken',
    });
    await expect(before.run([gradient()])).rejects.toMatchObject({
      message: expect.stringContaining('stopped'),
    });
    before.dispose();

    const after = await runtime.load(backbone);
    expect((await after.run([gradient()]))[0]).toHaveLength(1280);
    after.dispose();
  });
});

test('loading and disposing over and over does not grow the heap', async () => {
  const cycle = async () => {
    const model = await runtime.load(backbone);
    await model.run([gradient()]);
    model.dispose();
  };
  await cycle();
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 20; i++) await cycle();
  const growth = process.memoryUsage().rss - before;
  // One leaked copy of the file alone would be 20 x 6.7 MB = 134 MB.
  expect(growth).toBeLessThan(90e6);
});

test('names itself for provenance and leaves no global behind', async () => {
  const before = Object.getOwnPropertyNames(globalThis).sort();
  const another = await createWasmRuntime();
  expect(another.name).toMatch(/^LiteRT \d+\.\d+\.\d+ WebAssembly \((relaxed )?SIMD\)$/);
  expect(another.threads).toBe(1);
  expect(Object.getOwnPropertyNames(globalThis).sort()).toEqual(before);
  await another.dispose();
});

test('runs inside a worker thread', async () => {
  const script = `
    const { parentPort, workerData } = require('node:worker_threads');
    import('tsx/esm/api').then(async ({ tsImport }) => {
      const loaded = await tsImport(workerData.module, workerData.module);
      const runtime = await loaded.createWasmRuntime();
      const model = await runtime.load(require('node:fs').readFileSync(workerData.backbone));
      const [features] = await model.run([workerData.input]);
      parentPort.postMessage(features);
    });`;
  const worker = new Worker(script, {
    eval: true,
    workerData: {
      module: new URL('../../../../../src/main/engine/runtime/wasm-runtime.ts', import.meta.url)
        .href,
      backbone: repository('resources/backbones/efficientnet-lite0.tflite'),
      input: gradient(),
    },
  });
  const features = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  const model = await runtime.load(backbone);
  expect(features).toEqual((await model.run([gradient()]))[0]);
  model.dispose();
});
