import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeGraph } from '@main/engine/graph/describe-graph';
import { writeFile } from '@main/engine/graph/flatbuffer/table';
import type { Graph } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { modelTable, type ModelRecord, TFLITE_IDENTIFIER } from '@main/engine/graph/tflite-schema';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { AppError } from '@shared/api/errors';
import { createRandom } from '@shared/domain/random';
import { describe, expect, test } from 'vitest';
import { smallClassifier } from '../../../../fixtures/small-classifier';

const describeBytes = (graph: Graph) => describeGraph(writeTflite(graph));

describe('a small classifier', () => {
  const summary = describeBytes(smallClassifier());

  test('is told operator by operator', () => {
    expect(
      summary.operators.map(({ number, kind, name, weightBytes, multiplyAdds, activation }) => [
        number,
        kind,
        name,
        weightBytes,
        multiplyAdds,
        activation,
      ]),
    ).toEqual([
      [1, 'CONV_2D', 'first', 4 * (8 * 27 + 8), 64 * 8 * 27, 'relu6'],
      [2, 'DEPTHWISE_CONV_2D', 'second', 4 * (9 * 8 + 8), 64 * 8 * 9, 'relu6'],
      [3, 'AVERAGE_POOL_2D', 'pool', 0, 0, undefined],
      [4, 'RESHAPE', 'flat', 0, 0, undefined],
      [5, 'FULLY_CONNECTED', 'logits', 4 * (4 * 8 + 4), 4 * 8, undefined],
      [6, 'SOFTMAX', 'probabilities', 0, 0, undefined],
    ]);
  });

  test('says where each input comes from', () => {
    expect(summary.operators[1]?.inputs).toEqual([
      { name: 'first', shape: [1, 8, 8, 8], type: 'float32', origin: 'operator', from: 1 },
      {
        name: 'second/kernel',
        shape: [1, 3, 3, 8],
        type: 'float32',
        origin: 'constant',
        bytes: 288,
      },
      { name: 'second/bias', shape: [8], type: 'float32', origin: 'constant', bytes: 32 },
    ]);
    expect(summary.operators.flatMap(({ branches }) => branches)).toEqual([]);
  });

  test('has totals, an input and an output, and nothing in the way', () => {
    expect(summary.totals).toEqual({
      weightBytes: 896 + 320 + 144,
      multiplyAdds: 13824 + 4608 + 32,
      uncounted: 0,
    });
    expect(summary.inputs).toMatchObject([{ name: 'image', shape: [1, 8, 8, 3], origin: 'input' }]);
    expect(summary.outputs).toMatchObject([{ name: 'probabilities', origin: 'operator', from: 6 }]);
    expect(summary).toMatchObject({ precision: 'float32', changes: [] });
    expect(summary.obstacle).toBeUndefined();
  });
});

describe('a graph', () => {
  test('with a residual connection says from which operator, and counts a shared constant once', () => {
    const builder = new GraphBuilder();
    const shape = [1, 2, 2, 3];
    const input = builder.input('image', shape);
    const shared = builder.constant('shared', [3], new Float32Array([1, 2, 3]));
    const activation = { activation: 'none' as const };
    const first = builder.operator('ADD', 'first', [input, shared], shape, activation);
    const second = builder.operator('MUL', 'second', [first, shared], shape, activation);
    const third = builder.operator('RELU', 'third', [second], shape, {});
    const joined = builder.operator('ADD', 'joined', [third, first], shape, activation);
    const { operators, totals } = describeBytes(builder.finish([joined]));
    expect(operators.map(({ branches }) => branches)).toEqual([[], [], [], [1]]);
    expect(operators.map(({ weightBytes }) => weightBytes)).toEqual([12, 12, 0, 0]);
    expect(totals.weightBytes).toBe(12);
  });

  test('with quantized tensors tells their scales', () => {
    const graph = smallClassifier();
    const scale = [0.5, 0.25, 2, 1, 1, 1, 1, 1];
    const tensors = graph.tensors.map((tensor) =>
      tensor.name === 'first/kernel'
        ? { ...tensor, quantization: { scale, zeroPoint: scale.map(() => 0), axis: 0 } }
        : tensor.name === 'first'
          ? { ...tensor, quantization: { scale: [0.125], zeroPoint: [-128], axis: 0 } }
          : tensor,
    );
    const [first] = describeBytes({ ...graph, tensors }).operators;
    expect(first?.inputs[1]?.quantization).toEqual({
      scales: 8,
      axis: 0,
      scale: { least: 0.25, most: 2 },
      zeroPoint: { least: 0, most: 0 },
    });
    expect(first?.outputs[0]?.quantization).toMatchObject({
      scales: 1,
      scale: { least: 0.125, most: 0.125 },
      zeroPoint: { least: -128, most: -128 },
    });
  });
});

describe('EfficientNet-Lite0', () => {
  /** [expansion, channels, blocks, stride, kernel], Table 1 of the paper (arXiv 1905.11946). */
  const stages = [
    [1, 16, 1, 1, 3],
    [6, 24, 2, 2, 3],
    [6, 40, 2, 2, 5],
    [6, 80, 3, 2, 3],
    [6, 112, 3, 1, 5],
    [6, 192, 4, 2, 5],
    [6, 320, 1, 1, 3],
  ] as const;

  /** By the paper's table, without squeeze and excitation, which Lite leaves out. */
  function byTheTable(): number {
    let side = 112;
    let channels = 32;
    let sum = side * side * channels * 27;
    for (const [expansion, width, blocks, stride, kernel] of stages) {
      for (let block = 0; block < blocks; block++) {
        const inner = channels * expansion;
        if (expansion > 1) sum += side * side * channels * inner;
        if (block === 0) side /= stride;
        sum += side * side * inner * (kernel * kernel + width);
        channels = width;
      }
    }
    return sum + side * side * channels * 1280;
  }

  const summary = describeGraph(readFileSync('resources/backbones/efficientnet-lite0.tflite'));

  test('has as many multiply-adds as its published layers', () => {
    expect(summary.totals).toMatchObject({ multiplyAdds: byTheTable(), uncounted: 0 });
  });

  test('has nine residual connections; widening its float16 weights is no step between', () => {
    expect(summary.precision).toBe('float16');
    const joined = summary.operators.filter(({ branches }) => branches.length > 0);
    expect(joined.map(({ kind, branches }) => [kind, branches.length])).toEqual(
      Array(9).fill(['ADD', 1]),
    );
    // Opening changes float32 files alone.
    expect(summary.changes).toEqual([]);
  });
});

const seedModel = join(process.env.POCKETLENS_SEED ?? '../shared/seed', 'graph.lite');
test.skipIf(!existsSync(seedModel))('graph.lite of 2018 (needs the seed folder)', () => {
  const { operators, totals, precision } = describeGraph(readFileSync(seedModel));
  expect(operators).toHaveLength(31);
  expect(totals.uncounted).toBe(0);
  expect(precision).toBe('float32');
  expect(operators.at(-1)).toMatchObject({ number: 31, kind: 'SOFTMAX', name: 'final_result' });
});

describe('a file that the studio cannot use', () => {
  const tensor = (name: string): ModelRecord['subgraphs'][number]['tensors'][number] => ({
    name,
    shape: [1, 4],
    type: 'float32',
    buffer: 0,
    quantization: undefined,
  });
  const code = { deprecatedBuiltinCode: 0, customCode: '', version: 1, builtinCode: 0 };

  /** Two operators of this code in a row. */
  const chain = (changes: Partial<ModelRecord['operatorCodes'][number]>): Uint8Array =>
    writeFile(modelTable, TFLITE_IDENTIFIER, {
      version: 3,
      operatorCodes: [{ ...code, ...changes }],
      subgraphs: [
        {
          tensors: [tensor('in'), tensor('middle'), tensor('out')],
          inputs: [0],
          outputs: [2],
          operators: [
            { opcodeIndex: 0, inputs: [0], outputs: [1], builtinOptions: undefined },
            { opcodeIndex: 0, inputs: [1], outputs: [2], builtinOptions: undefined },
          ],
          name: '',
        },
      ],
      description: 'odd',
      buffers: [{ data: new Uint8Array() }],
      metadata: [],
    });

  test.each([
    ['TRANSPOSE', { deprecatedBuiltinCode: 39 }],
    ['GELU', { deprecatedBuiltinCode: 127, builtinCode: 150 }],
    ['operator 9999', { builtinCode: 9999 }],
    ['Magic', { customCode: 'Magic' }],
  ])('for %s is told all the same, with what is in the way', (kind, changes) => {
    const summary = describeGraph(chain(changes));
    expect(summary.operators).toMatchObject([
      { number: 1, kind, name: 'middle', obstacle: `the studio does not know ${kind}` },
      { number: 2, kind, name: 'out', inputs: [{ origin: 'operator', from: 1 }] },
    ]);
    expect(summary.operators[0]?.multiplyAdds).toBeUndefined();
    expect(summary.totals).toEqual({ weightBytes: 0, multiplyAdds: 0, uncounted: 2 });
    expect(summary.obstacle).toContain(kind);
    expect(summary.precision).toBeUndefined();
  });

  test('whose graph names what is not there is refused', () => {
    const graph = smallClassifier();
    const bytes = writeTflite({ ...graph, outputs: [999] });
    expect(() => describeGraph(bytes)).toThrow(
      expect.objectContaining({ code: 'model-unreadable' }),
    );
  });
});

test('damaged bytes give a summary or an AppError, nothing else', () => {
  const file = writeTflite(smallClassifier());
  const random = createRandom(21);
  const outcomes = new Set<string>();
  for (let round = 0; round < 800; round++) {
    const bytes = file.slice();
    for (let change = 0; change < 4; change++) {
      bytes[random.index(bytes.length)] = random.index(256);
    }
    try {
      describeGraph(bytes);
      outcomes.add('summary');
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      outcomes.add(error.code);
    }
  }
  expect(outcomes).toContain('summary');
  expect(outcomes).toContain('model-unreadable');
});
