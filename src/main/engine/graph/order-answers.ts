import { AppError } from '../../../shared/api/errors';
import type { GraphChange } from '../../../shared/domain/model';
import type { Graph, Operator, Tensor } from './graph';
import type { PassResult } from './passes/pass';
import { isConstant, tensorElements } from './tensor-data';

/**
 * Puts the answers of a classifier into another order, and leaves out those that nobody asks for: rows
 * of its last layer are moved. Probabilities of what is left then sum to 1 among themselves.
 * @param rows for each answer to come the number of the one it is now.
 * @throws AppError 'model-unsupported' naming the operator that is in the way.
 */
export function orderAnswers(graph: Graph, rows: readonly number[]): PassResult {
  const [output = -1] = graph.outputs;
  const before = tensorElements(graph.tensors[output]?.shape ?? []);
  if (rows.length === before && rows.every((row, index) => row === index)) {
    return { graph, changes: [] };
  }
  const tensors = [...graph.tensors];
  const { layer, between } = lastLayer(graph, output);
  if (rows.length !== before) {
    for (const { kind, name } of between) if (reshapes.has(kind)) throw inTheWay(kind, name);
  }
  for (const index of [...between, layer].flatMap(({ outputs }) => outputs)) {
    const tensor = tensors[index];
    if (tensor) tensors[index] = { ...tensor, shape: [...tensor.shape.slice(0, -1), rows.length] };
  }
  const operators = [...graph.operators];
  const [input = -1, ...constants] = layer.inputs;
  const moved = constants.map((index) => {
    const tensor = tensors[index];
    if (index < 0 || !tensor) return index;
    if (isConstant(tensor)) return tensors.push(pickRows(tensor, rows, before)) - 1;
    return moveStored(index);
  });
  const at = operators.indexOf(layer);
  operators[at] = { ...layer, inputs: [input, ...moved] };
  return { graph: { ...graph, tensors, operators }, changes: [describe(rows.length, before)] };

  /** Weights that are stored small and widened when the model runs: the stored ones are moved. */
  function moveStored(index: number): number {
    const place = operators.findIndex(
      ({ kind, outputs }) => kind === 'DEQUANTIZE' && outputs.includes(index),
    );
    const widening = operators[place];
    const stored = tensors[widening?.inputs[0] ?? -1];
    const widened = tensors[index];
    const isShared = operators.filter(({ inputs }) => inputs.includes(index)).length > 1;
    if (!widening || !stored || !widened || !isConstant(stored) || isShared) {
      throw inTheWay(layer.kind, layer.name);
    }
    const from = tensors.push(pickRows(stored, rows, before)) - 1;
    tensors[index] = { ...widened, shape: [rows.length, ...widened.shape.slice(1)] };
    operators[place] = { ...widening, inputs: [from] };
    return index;
  }
}

const describe = (kept: number, before: number): GraphChange => ({
  pass: 'order-answers',
  description:
    kept === before
      ? `Put ${kept} answers into the order of the project’s labels`
      : `Kept ${kept} of ${before} answers, in the order of the project’s labels`,
});

const handedOn = new Set<Operator['kind']>(['SOFTMAX', 'LOGISTIC', 'DEQUANTIZE', 'QUANTIZE']);
const reshapes = new Set<Operator['kind']>(['RESHAPE', 'SQUEEZE']);

/** The dense layer or convolution that makes the answers, and what comes after it. */
function lastLayer(graph: Graph, output: number) {
  const between: Operator[] = [];
  for (let tensor = output; ; ) {
    const operator = graph.operators.find(({ outputs }) => outputs.includes(tensor));
    if (operator?.kind === 'FULLY_CONNECTED' || operator?.kind === 'CONV_2D') {
      return { layer: operator, between };
    }
    if (!operator || !(handedOn.has(operator.kind) || reshapes.has(operator.kind))) {
      throw inTheWay(operator?.kind ?? 'the input', operator?.name ?? '');
    }
    between.push(operator);
    [tensor = -1] = operator.inputs;
  }
}

function pickRows(tensor: Tensor, rows: readonly number[], before: number): Tensor {
  const { data = new Uint8Array(), quantization } = tensor;
  const rowBytes = data.length / before;
  const picked = new Uint8Array(rows.length * rowBytes);
  rows.forEach((row, at) => {
    picked.set(data.subarray(row * rowBytes, (row + 1) * rowBytes), at * rowBytes);
  });
  const choose = (values: number[]) =>
    values.length === before ? rows.map((row) => values[row] ?? 0) : values;
  return {
    ...tensor,
    shape: [rows.length, ...tensor.shape.slice(1)],
    data: picked,
    ...(quantization && {
      quantization: {
        ...quantization,
        scale: choose(quantization.scale),
        zeroPoint: choose(quantization.zeroPoint),
      },
    }),
  };
}

const inTheWay = (kind: string, name: string) =>
  new AppError(
    'model-unsupported',
    `The answers of this model can’t be put into the order of the project’s labels: ${kind} ${name} is in the way.`.replace(
      '  ',
      ' ',
    ),
    'Use a model whose labels are those of the project, in their order.',
  );
