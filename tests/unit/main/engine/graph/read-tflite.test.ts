import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFile } from '@main/engine/graph/flatbuffer/table';
import type { Graph } from '@main/engine/graph/graph';
import { readTflite } from '@main/engine/graph/read-tflite';
import { modelTable, type ModelRecord, TFLITE_IDENTIFIER } from '@main/engine/graph/tflite-schema';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { AppError } from '@shared/api/errors';
import { createRandom } from '@shared/domain/random';
import { Builder } from 'flatbuffers';
import { describe, expect, test } from 'vitest';
import { smallClassifier } from '../../../../fixtures/small-classifier';
import { answerOf, largestDifference, waves } from './run-graph';

const seedModel = join(process.env.POCKETLENS_SEED ?? '../shared/seed', 'graph.lite');
const backbone = (name: string): Uint8Array => readFileSync(`resources/backbones/${name}.tflite`);

const kindsOf = (graph: Graph): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind } of graph.operators) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

describe('the backbones', () => {
  test.each([
    ['efficientnet-lite0', 224, 33, 16, 9],
    ['efficientnet-lite2', 260, 43, 21, 14],
  ])('%s', (name, size, convolutions, depthwise, additions) => {
    const graph = readTflite(backbone(name));
    expect(graph.inputs.map((index) => graph.tensors[index]?.shape)).toEqual([[1, size, size, 3]]);
    expect(graph.outputs.map((index) => graph.tensors[index]?.shape)).toEqual([[1, 1280]]);
    expect(kindsOf(graph)).toMatchObject({
      CONV_2D: convolutions,
      DEPTHWISE_CONV_2D: depthwise,
      ADD: additions,
      MEAN: 1,
    });
  });

  test('written again they answer the same', async () => {
    const runtime = await createWasmRuntime();
    const file = backbone('efficientnet-lite0');
    const input = waves(224 * 224 * 3);
    const before = await answerOf(runtime, file, input);
    const after = await answerOf(runtime, readTflite(file), input);
    await runtime.dispose();
    expect(Math.max(...before)).toBeGreaterThan(0.1);
    expect(largestDifference(before, after)).toBe(0);
  });
});

describe.skipIf(!existsSync(seedModel))('graph.lite of 2018 (needs the seed folder)', () => {
  test('is read whole', () => {
    const graph = readTflite(readFileSync(seedModel));
    expect(kindsOf(graph)).toEqual({
      CONV_2D: 15,
      DEPTHWISE_CONV_2D: 13,
      AVERAGE_POOL_2D: 1,
      FULLY_CONNECTED: 1,
      SOFTMAX: 1,
    });
    expect(graph.tensors).toHaveLength(90);
  });

  test('written again it answers the same', async () => {
    const runtime = await createWasmRuntime();
    const file = readFileSync(seedModel);
    const input = waves(224 * 224 * 3);
    const before = await answerOf(runtime, file, input);
    const after = await answerOf(runtime, readTflite(file), input);
    await runtime.dispose();
    expect(largestDifference(before, after)).toBe(0);
  });
});

describe('a file that is no sound model', () => {
  const file = writeTflite(smallClassifier());
  const unreadable = (bytes: Uint8Array) =>
    expect(() => readTflite(bytes)).toThrow(
      expect.objectContaining({ code: 'model-unreadable', remedy: expect.any(String) }),
    );

  test.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('This is not a model at all.')],
    ['zeros', new Uint8Array(1000)],
    ['ones', new Uint8Array(1000).fill(255)],
    ['half of a model', file.subarray(0, file.length / 2)],
  ])('%s', (_, bytes) => unreadable(bytes));

  test('a constant of the wrong length', () => {
    const graph = smallClassifier();
    const tensors = graph.tensors.map((tensor) =>
      tensor.name === 'first/bias' ? { ...tensor, shape: [7] } : tensor,
    );
    expect(() => readTflite(writeTflite({ ...graph, tensors }))).toThrow(/constant "first\/bias"/);
  });

  test('operators in an order in which they cannot run', () => {
    const graph = smallClassifier();
    const operators = graph.operators.toReversed();
    expect(() => readTflite(writeTflite({ ...graph, operators }))).toThrow(/nothing computes/);
  });

  test('a tensor that two operators write', () => {
    const graph = smallClassifier();
    const operators = [...graph.operators, ...graph.operators.slice(-1)];
    expect(() => readTflite(writeTflite({ ...graph, operators }))).toThrow(/must not/);
  });
});

describe('a model with something we do not understand names it', () => {
  const record = (changes: Partial<ModelRecord>): Uint8Array =>
    writeFile(modelTable, TFLITE_IDENTIFIER, {
      version: 3,
      operatorCodes: [],
      subgraphs: [{ tensors: [], inputs: [], outputs: [], operators: [], name: '' }],
      description: '',
      buffers: [{ data: new Uint8Array() }],
      metadata: [],
      ...changes,
    });
  const code = { deprecatedBuiltinCode: 0, customCode: '', version: 1, builtinCode: 0 };

  test.each<[string, Partial<ModelRecord>]>([
    ['schema version 2', { version: 2 }],
    ['TRANSPOSE', { operatorCodes: [{ ...code, deprecatedBuiltinCode: 39 }] }],
    ['GELU', { operatorCodes: [{ ...code, deprecatedBuiltinCode: 127, builtinCode: 150 }] }],
    ['operator 9999', { operatorCodes: [{ ...code, builtinCode: 9999 }] }],
    ['the custom operator Magic', { operatorCodes: [{ ...code, customCode: 'Magic' }] }],
    [
      '2 subgraphs',
      {
        subgraphs: Array(2).fill({ tensors: [], inputs: [], outputs: [], operators: [], name: '' }),
      },
    ],
  ])('%s', (name, changes) => {
    expect(() => readTflite(record(changes))).toThrow(
      expect.objectContaining({
        code: 'model-unsupported',
        message: expect.stringContaining(name),
        remedy: expect.any(String),
      }),
    );
  });
});

describe('damaged bytes give a graph or an AppError, nothing else', () => {
  const file = writeTflite(smallClassifier());

  const read = (bytes: Uint8Array): string => {
    try {
      readTflite(bytes);
      return 'graph';
    } catch (error) {
      if (error instanceof AppError) return error.code;
      throw error;
    }
  };

  test('bytes and words changed at random', () => {
    const random = createRandom(20);
    const outcomes = new Map<string, number>();
    for (let round = 0; round < 1500; round++) {
      const bytes = file.slice();
      const view = new DataView(bytes.buffer);
      for (let change = 0; change <= random.index(4); change++) {
        const position = random.index(bytes.length - 4);
        if (random.index(2) === 0) bytes[position] = random.index(256);
        else
          view.setUint32(
            position & ~3,
            random.index(2) === 0 ? 0xffffffff : random.index(5000),
            true,
          );
      }
      const outcome = read(bytes);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()].sort()).toEqual(['graph', 'model-unreadable', 'model-unsupported']);
  });

  test('cut off anywhere', () => {
    for (let length = 0; length < file.length; length += 13) {
      expect(read(file.subarray(0, length))).toBe('model-unreadable');
    }
  });

  test('a few bytes that would unfold into a billion objects', () => {
    const builder = new Builder();
    const thousand = (offset: number): number => {
      builder.startVector(4, 1000, 4);
      for (let i = 0; i < 1000; i++) builder.addOffset(offset);
      return builder.endVector();
    };
    const tableWith = (slot: number, offset: number): number => {
      builder.startObject(slot + 1);
      builder.addFieldOffset(slot, offset, 0);
      return builder.endObject();
    };
    const text = builder.createString('x');
    const operator = tableWith(1, thousand(text));
    const subgraph = tableWith(3, thousand(operator));
    builder.finish(tableWith(2, thousand(subgraph)), TFLITE_IDENTIFIER);
    const bytes = builder.asUint8Array();
    expect(bytes.length).toBeLessThan(20_000);
    expect(() => readTflite(bytes)).toThrow(/refer to each other/);
  });
});
