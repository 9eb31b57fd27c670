import type { Graph } from './graph';
import { GraphBuilder } from './graph-builder';
import { tensorElements } from './tensor-data';

/** A trained head as the trainer holds it. */
export interface HeadWeights {
  /** ReLU layer between features and softmax. */
  hidden?: DenseWeights & { units: number };
  output: DenseWeights;
  featureWidth: number;
  classes: number;
  /** Share of features dropped in training, before the output layer; 0 for none. */
  dropout: number;
}

export interface DenseWeights {
  /** [in, out] row-major, as TensorFlow.js keeps it. */
  kernel: Float32Array;
  /** [out] */
  bias: Float32Array;
}

/** Name of the tensor with one probability a class. */
export const PROBABILITIES = 'probabilities';

/**
 * Appends the head as it was trained to a backbone's feature output [1, featureWidth]:
 * optionally FULLY_CONNECTED and RELU, then DROPOUT, FULLY_CONNECTED and SOFTMAX. The answer is
 * `probabilities` [1, classes]. `cleanGraph` turns it into what is run.
 */
export function joinHead(backbone: Graph, head: HeadWeights): Graph {
  const features = backbone.outputs[0];
  const featureTensor = backbone.tensors[features ?? -1];
  if (backbone.outputs.length !== 1 || features === undefined || !featureTensor) {
    throw new Error('A backbone has exactly one output');
  }
  if (tensorElements(featureTensor.shape) !== head.featureWidth) {
    throw new Error(`The head wants ${head.featureWidth} features, not [${featureTensor.shape}]`);
  }
  const builder = new GraphBuilder(backbone);
  let value = features;
  let width = head.featureWidth;
  if (head.hidden) {
    value = addDense(builder, 'head/hidden', value, width, head.hidden.units, head.hidden);
    width = head.hidden.units;
    value = builder.operator('RELU', 'head/hidden/relu', [value], [1, width], {});
  }
  if (head.dropout > 0) {
    const options = { rate: head.dropout };
    value = builder.operator('DROPOUT', 'head/dropout', [value], [1, width], options);
  }
  value = addDense(builder, 'head/output', value, width, head.classes, head.output);
  value = builder.operator('SOFTMAX', PROBABILITIES, [value], [1, head.classes], { beta: 1 });
  return builder.finish([value]);
}

function addDense(
  builder: GraphBuilder,
  name: string,
  input: number,
  width: number,
  units: number,
  { kernel, bias }: DenseWeights,
): number {
  const weights = builder.constant(
    `${name}/kernel`,
    [units, width],
    transpose(kernel, width, units),
  );
  const biases = builder.constant(`${name}/bias`, [units], bias);
  return builder.operator('FULLY_CONNECTED', name, [input, weights, biases], [1, units], {
    activation: 'none',
    keepNumDims: false,
  });
}

/** [rows, columns] to [columns, rows]: TFLite keeps kernels as [out, in]. */
function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  if (matrix.length !== rows * columns) {
    throw new Error(`A kernel of ${matrix.length} values is not [${rows}, ${columns}]`);
  }
  const transposed = new Float32Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      transposed[column * rows + row] = matrix[row * columns + column] ?? 0;
    }
  }
  return transposed;
}
