import type {
  Activation,
  ElementType,
  Graph,
  Operator,
  OperatorOptions,
  Tensor,
  TensorQuantization,
} from '@main/engine/graph/graph';
import { type FileOperatorKind, operatorCodecs } from '@main/engine/graph/operator-codecs';
import { elementSize, tensorElements } from '@main/engine/graph/tensor-data';
import fc from 'fast-check';

const activation = fc.constantFrom<Activation>('none', 'relu', 'relu-n1-to-1', 'relu6', 'tanh');
const padding = fc.constantFrom('same' as const, 'valid' as const);
const step = fc.integer({ min: 1, max: 4 });
const size = fc.integer({ min: -1, max: 100_000 });
const empty = fc.constant({});

const convolution = fc.record({
  padding,
  strideWidth: step,
  strideHeight: step,
  dilationWidth: step,
  dilationHeight: step,
  activation,
});

const pool = fc.record({
  padding,
  strideWidth: step,
  strideHeight: step,
  filterWidth: step,
  filterHeight: step,
  activation,
});

const arithmetic = fc.record({ activation });
const addition = fc.record({ activation, anyScale: fc.constantFrom(true as const, undefined) });

const optionArbitraries: {
  [Kind in FileOperatorKind]: fc.Arbitrary<OperatorOptions[Kind]>;
} = {
  CONV_2D: convolution,
  DEPTHWISE_CONV_2D: fc
    .tuple(convolution, step)
    .map(([options, depthMultiplier]) => ({ ...options, depthMultiplier })),
  AVERAGE_POOL_2D: pool,
  MAX_POOL_2D: pool,
  FULLY_CONNECTED: fc.record({ activation, keepNumDims: fc.boolean() }),
  SOFTMAX: fc.record({ beta: fc.float({ min: Math.fround(0.01), max: 100, noNaN: true }) }),
  ADD: addition,
  SUB: addition,
  MUL: arithmetic,
  RESHAPE: fc.record({ newShape: fc.array(size, { maxLength: 5 }) }),
  SQUEEZE: fc.record({ squeezeDims: fc.array(size, { maxLength: 3 }) }),
  MEAN: fc.record({ keepDims: fc.boolean() }),
  CONCATENATION: fc.record({ axis: fc.integer({ min: -4, max: 3 }), activation }),
  PAD: empty,
  RELU: empty,
  RELU6: empty,
  LOGISTIC: empty,
  HARD_SWISH: empty,
  QUANTIZE: empty,
  DEQUANTIZE: empty,
};

/** Every kind that a file can hold. */
export const fileKinds = Object.keys(operatorCodecs) as FileOperatorKind[];

/** An operator without its place in a graph; the union keeps kind and options together. */
type Step = {
  [Kind in FileOperatorKind]: Pick<Operator<Kind>, 'kind' | 'options'>;
}[FileOperatorKind];

const stepOf = <Kind extends FileOperatorKind>(kind: Kind): fc.Arbitrary<Step> =>
  optionArbitraries[kind].map((options) => ({ kind, options }) as Step);

const elementType = fc.constantFrom<ElementType>(
  'float32',
  'float16',
  'int32',
  'uint8',
  'int64',
  'bool',
  'int16',
  'int8',
);

const quantizationOf = (shape: number[]): fc.Arbitrary<TensorQuantization | undefined> => {
  const axis = shape.length - 1;
  const channels = fc.constantFrom(1, shape[axis] ?? 1);
  return fc.option(
    channels.chain((length) =>
      fc.record({
        scale: fc.array(fc.float({ min: Math.fround(1e-6), max: 10, noNaN: true }), {
          minLength: length,
          maxLength: length,
        }),
        zeroPoint: fc.array(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), {
          minLength: length,
          maxLength: length,
        }),
        axis: fc.constant(Math.max(axis, 0)),
      }),
    ),
    { nil: undefined },
  );
};

const tensor = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }).chain((shape) =>
  fc
    .record({
      name: fc.string({ unit: 'grapheme' }),
      type: elementType,
      quantization: quantizationOf(shape),
    })
    .map(
      ({ quantization, ...rest }): Tensor => ({
        ...rest,
        shape,
        ...(quantization ? { quantization } : {}),
      }),
    ),
);

const constant = tensor.chain((shell) => {
  const length = tensorElements(shell.shape) * elementSize(shell.type);
  return fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((data): Tensor => ({ ...shell, data }));
});

const link = fc.record({ step: fc.oneof(...fileKinds.map(stepOf)), output: tensor, constant });

/**
 * Graphs that a file can hold and whose references are sound: a chain in which each operator
 * uses the value before it and constants. Shapes and types need not make sense together.
 */
export const arbitraryGraph: fc.Arbitrary<Graph> = fc
  .record({
    description: fc.string({ unit: 'grapheme' }),
    input: tensor,
    links: fc.array(link, { minLength: 1, maxLength: 12 }),
    metadata: fc.array(fc.tuple(fc.string(), fc.uint8Array({ minLength: 1, maxLength: 40 }))),
  })
  .map(({ description, input, links, metadata }) => {
    const tensors = [input];
    let value = 0;
    const operators = links.map(({ step, output, constant }): Operator => {
      const constantIndex = tensors.push(constant) - 1;
      const outputIndex = tensors.push(output) - 1;
      const [fewest] = operatorCodecs[step.kind].inputs;
      const inputs = [value, ...Array.from({ length: fewest - 1 }, () => constantIndex)];
      if (step.kind === 'CONV_2D') inputs.push(-1);
      value = outputIndex;
      return { ...step, name: output.name, inputs, outputs: [outputIndex] };
    });
    return {
      description,
      tensors,
      operators,
      inputs: [0],
      outputs: [value],
      metadata: new Map(metadata),
    };
  });
