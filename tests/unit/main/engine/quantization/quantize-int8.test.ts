import type { Graph, Operator, Tensor } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { floatsOf } from '@main/engine/graph/tensor-data';
import { quantizeInt8 } from '@main/engine/quantization/quantize-int8';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  smallClassifier,
  smallNormalization,
  smallSize,
} from '../../../../fixtures/small-classifier';
import { quantizeSmall, rangesOf, size } from './small-int8';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

const tensorNamed = (graph: Graph, name: string): Tensor => {
  const tensor = graph.tensors.find((candidate) => candidate.name === name);
  if (!tensor) throw new Error(`No tensor ${name}`);
  return tensor;
};

const encodingOf = (graph: Graph, name: string) => {
  const { quantization } = tensorNamed(graph, name);
  return [quantization?.scale[0], quantization?.zeroPoint[0]];
};

/** A RELU of the input whose output nobody reads: added to the graph's tensors. */
function reluOf(graph: Graph): Operator {
  const [input = -1] = graph.inputs;
  const { shape = [] } = graph.tensors[input] ?? {};
  const output = graph.tensors.push({ name: 'unread', shape, type: 'float32' }) - 1;
  return { kind: 'RELU', name: 'unread', inputs: [input], outputs: [output], options: {} };
}

describe('the specification', () => {
  test('weights are int8 by channel, biases int32 in steps of input times weight scale', async () => {
    const source = smallClassifier();
    const { graph } = await quantizeSmall(runtime, source, 'uint8');
    const axes = { 'first/kernel': 0, 'second/kernel': 3 };
    for (const [name, axis] of Object.entries(axes)) {
      const { type, quantization, shape } = tensorNamed(graph, name);
      expect(type).toBe('int8');
      expect(quantization?.axis).toBe(axis);
      expect(quantization?.scale).toHaveLength(shape[axis] ?? 0);
      expect(new Set(quantization?.zeroPoint)).toEqual(new Set([0]));
    }
    // Older runtimes misread a dense layer with more than one.
    for (const name of ['logits/kernel', 'logits/bias']) {
      expect(tensorNamed(graph, name).quantization?.scale).toHaveLength(1);
    }
    const bias = tensorNamed(graph, 'second/bias');
    const expected = floatsOf(tensorNamed(source, 'second/bias'));
    const [inputScale = 0] = encodingOf(graph, 'first');
    const weightScales = tensorNamed(graph, 'second/kernel').quantization?.scale ?? [];
    expect(bias.type).toBe('int32');
    int32sOf(bias).forEach((stored, channel) => {
      const step = inputScale * (weightScales[channel] ?? 0);
      expect(bias.quantization?.scale[channel]).toBe(Math.fround(step));
      expect(Math.abs(stored * step - (expected[channel] ?? 0))).toBeLessThan(step);
    });
  });

  test('pool and reshape share their input’s encoding, softmax has the prescribed one', async () => {
    const { graph } = await quantizeSmall(runtime, smallClassifier(), 'uint8');
    expect(encodingOf(graph, 'pool')).toEqual(encodingOf(graph, 'second'));
    expect(encodingOf(graph, 'flat')).toEqual(encodingOf(graph, 'second'));
    expect(encodingOf(graph, 'probabilities/int8')).toEqual([1 / 256, -128]);
  });

  test('byte-like inputs are stored as byte - 128', async () => {
    const { graph, inputEncoding } = await quantizeSmall(runtime, smallClassifier(), 'uint8');
    expect(encodingOf(graph, 'image/int8')).toEqual([1 / 128, -1]);
    expect(inputEncoding).toEqual({ type: 'uint8', scale: 1 / 128, zeroPoint: 127 });
    const bytes = Uint8Array.from({ length: smallSize * smallSize * 3 }, (_, i) => i % 256);
    const encode = createInputEncoder({ ...size, ...smallNormalization, input: inputEncoding });
    expect(encode(bytes)).toEqual(bytes);
  });

  test('other normalizations get a range from what bytes can become', async () => {
    const source = smallClassifier();
    const { graph } = quantizeInt8(source, await rangesOf(runtime, source), {
      normalization: { mean: [123.7, 116.3, 103.5], std: [58.4, 57.1, 57.4] },
      io: 'float32',
    });
    const [scale = 0, zeroPoint = 0] = encodingOf(graph, 'image/int8');
    expect(scale * (-128 - zeroPoint)).toBeCloseTo(-123.7 / 58.4, 1);
    expect(scale * (127 - zeroPoint)).toBeCloseTo((255 - 103.5) / 57.4, 1);
  });

  test('an integer input that could not take plain bytes is refused where nothing takes that in', async () => {
    const first = smallClassifier();
    // Something before the first convolution reads the input.
    const source = { ...first, operators: [reluOf(first), ...first.operators] };
    const centered: [number, number, number] = [127.5, 127.5, 127.5];
    const normalization = { mean: centered, std: centered };
    const ranges = await rangesOf(runtime, source);
    expect(() => quantizeInt8(source, ranges, { normalization, io: 'uint8' })).toThrow(
      expect.objectContaining({
        code: 'model-unsupported',
        remedy: expect.stringContaining('float32'),
      }),
    );
    expect(quantizeInt8(source, ranges, { normalization, io: 'float32' })).toBeDefined();
  });

  test('nothing of the float graph is left over, and the source is not touched', async () => {
    const source = smallClassifier();
    const copy = structuredClone(source);
    const { graph } = await quantizeSmall(runtime, source, 'uint8');
    expect(source).toEqual(copy);
    const used = new Set([
      ...graph.inputs,
      ...graph.operators.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
    ]);
    expect([...used].sort((a, b) => a - b)).toEqual(graph.tensors.map((_, index) => index));
    expect(graph.tensors.filter(({ type }) => type === 'float32')).toEqual([]);
  });
});

describe('what has no int8 form is refused and named', () => {
  function image() {
    const builder = new GraphBuilder();
    return { builder, input: builder.input('image', [1, smallSize, smallSize, 3]) };
  }
  const shape = [1, smallSize, smallSize, 3];
  const refusal = (named: string) =>
    expect.objectContaining({
      code: 'model-unsupported',
      message: expect.stringContaining(named),
      remedy: expect.stringContaining('float16'),
    });
  const tryQuantize = (graph: Graph) => () =>
    quantizeInt8(graph, new Map(), { normalization: smallNormalization, io: 'uint8' });

  test('an operator', () => {
    const { builder, input } = image();
    const output = builder.operator('DROPOUT', 'head/dropout', [input], shape, { rate: 0.5 });
    expect(tryQuantize(builder.finish([output]))).toThrow(refusal('DROPOUT (head/dropout)'));
  });

  test('a fused tanh', () => {
    const { builder, input } = image();
    const output = builder.operator('ADD', 'sum', [input, input], shape, { activation: 'tanh' });
    expect(tryQuantize(builder.finish([output]))).toThrow(refusal('tanh fused into ADD (sum)'));
  });

  test('two outputs', () => {
    const { builder, input } = image();
    const first = builder.operator('RELU', 'a', [input], shape, {});
    const second = builder.operator('RELU6', 'b', [input], shape, {});
    expect(tryQuantize(builder.finish([first, second]))).toThrow(refusal('2 outputs'));
  });

  test('a join of probabilities with values that their encoding cannot hold', () => {
    const { builder, input } = image();
    const a = builder.operator('SOFTMAX', 'a', [input], shape, { beta: 1 });
    const b = builder.operator('RELU', 'b', [input], shape, {});
    const joined = builder.operator('CONCATENATION', 'joined', [a, b], [1, 8, 8, 6], {
      axis: 3,
      activation: 'none',
    });
    const ranges = new Map([
      [a, { min: 0, max: 1 }],
      [b, { min: 0, max: 9 }],
      [joined, { min: 0, max: 9 }],
    ]);
    expect(() =>
      quantizeInt8(builder.finish([joined]), ranges, {
        normalization: smallNormalization,
        io: 'uint8',
      }),
    ).toThrow(expect.objectContaining({ code: 'model-unsupported' }));
  });
});

/** Values of an int32 constant; copied, since its bytes may lie anywhere in a file. */
function int32sOf({ data = new Uint8Array() }: Tensor): Int32Array {
  return new Int32Array(new Uint8Array(data).buffer);
}
