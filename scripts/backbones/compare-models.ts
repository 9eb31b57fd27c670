import { cleanGraph } from '../../src/main/engine/graph/clean-graph';
import type { Graph } from '../../src/main/engine/graph/graph';
import { readTflite } from '../../src/main/engine/graph/read-tflite';
import { floatsOf } from '../../src/main/engine/graph/tensor-data';
import { createWasmRuntime } from '../../src/main/engine/runtime/wasm-runtime';

export interface ModelDifference {
  /** Weights, as float32 numbers, compared operator by operator. */
  weights: number;
  differentWeights: number;
  largestWeightDifference: number;
  /** Between LiteRT's answers for one picture of noise. */
  largestAnswerDifference: number;
}

/** Holds two files of the same architecture against each other, whatever their names inside. */
export async function compareModels(
  first: Uint8Array,
  second: Uint8Array,
): Promise<ModelDifference> {
  const [left, right] = [first, second].map((file) => cleanGraph(readTflite(file)).graph);
  if (!left || !right || structureOf(left) !== structureOf(right)) {
    throw new Error('The two models differ in their operators');
  }
  const difference = {
    weights: 0,
    differentWeights: 0,
    largestWeightDifference: 0,
    largestAnswerDifference: await compareAnswers(first, second, left),
  };
  const others = weightsOf(right);
  for (const [index, values] of weightsOf(left).entries()) {
    const other = others[index];
    if (other?.length !== values.length) throw new Error('The two models differ in their sizes');
    difference.weights += values.length;
    for (let i = 0; i < values.length; i++) {
      const distance = Math.abs((values[i] ?? 0) - (other[i] ?? 0));
      if (distance > 0) difference.differentWeights += 1;
      difference.largestWeightDifference = Math.max(difference.largestWeightDifference, distance);
    }
  }
  return difference;
}

const structureOf = ({ operators }: Graph): string =>
  JSON.stringify(operators.map(({ kind, options }) => [kind, Object.entries(options).sort()]));

/** Float constants in the order in which operators use them. */
const weightsOf = ({ operators, tensors }: Graph): Float32Array[] =>
  operators.flatMap(({ inputs }) =>
    inputs.flatMap((index) => {
      const tensor = tensors[index];
      return tensor?.type === 'float32' && tensor.data ? [floatsOf(tensor)] : [];
    }),
  );

async function compareAnswers(
  first: Uint8Array,
  second: Uint8Array,
  { tensors, inputs }: Graph,
): Promise<number> {
  const shape = tensors[inputs[0] ?? -1]?.shape ?? [];
  const length = shape.reduce((product, size) => product * size, 1);
  const picture = Float32Array.from({ length }, (_, i) => Math.sin(i / 71) * Math.sin(i * 1.7));
  const runtime = await createWasmRuntime();
  try {
    const answers = [];
    for (const file of [first, second]) {
      const [answer] = await (await runtime.load(file)).run([picture]);
      answers.push(Array.from(answer ?? []));
    }
    const [left = [], right = []] = answers;
    return Math.max(...left.map((value, i) => Math.abs(value - (right[i] ?? Number.NaN))));
  } finally {
    await runtime.dispose();
  }
}
