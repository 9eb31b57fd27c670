import { AppError } from '../../../shared/api/errors';
import type {
  GraphOperator,
  GraphSummary,
  GraphTensor,
} from '../../../shared/domain/graph-summary';
import { builtinOperatorName } from './builtin-operator-names';
import { FlatbufferError } from './flatbuffer/flatbuffer-error';
import { readFile } from './flatbuffer/table';
import { unwrapMember } from './flatbuffer/union';
import type { Graph, OperatorOptions } from './graph';
import { toModelError } from './model-error';
import { multiplyAdds } from './multiply-adds';
import { type FileOperatorKind, isFileOperatorKind, operatorCodecs } from './operator-codecs';
import {
  type ModelOutline,
  modelOutline,
  type OperatorOutline,
  type SubGraphOutline,
  type TensorOutline,
} from './outline-schema';
import { precisionOf } from './precision-of';
import { readTflite } from './read-tflite';
import { simplifyOpened } from './simplify-opened';
import { tensorTypeName } from './tensor-type-names';
import { type OperatorCodeRecord, TFLITE_IDENTIFIER } from './tflite-schema';

/**
 * Says what a `.tflite` file computes, also of files that `readTflite` refuses: those carry an
 * `obstacle`. Of several subgraphs the first, which is the one that runs.
 * @throws AppError 'model-unreadable' for bytes that are no TFLite file, or whose tables
 * contradict each other; 'model-unsupported' for constants outside the FlatBuffer (over 2 GB)
 */
export function describeGraph(bytes: Uint8Array): Omit<GraphSummary, 'bytes' | 'sha256'> {
  try {
    return { ...describeOutline(readFile(modelOutline, TFLITE_IDENTIFIER, bytes)), ...use(bytes) };
  } catch (error) {
    if (error instanceof FlatbufferError) throw toModelError(error);
    throw error;
  }
}

/** How the studio would take the file, or why it can't. */
function use(bytes: Uint8Array): Pick<GraphSummary, 'precision' | 'changes' | 'obstacle'> {
  try {
    const graph = readTflite(bytes);
    return { precision: precisionOf(graph), changes: changesOnImport(graph) };
  } catch (error) {
    if (error instanceof AppError) return { changes: [], obstacle: error.message };
    throw error;
  }
}

/** Only float32 files are changed: others run as they are. */
const changesOnImport = (graph: Graph) =>
  precisionOf(graph) === 'float32' ? simplifyOpened(graph).changes : [];

function describeOutline(
  model: ModelOutline,
): Pick<GraphSummary, 'description' | 'inputs' | 'outputs' | 'operators' | 'totals'> {
  const [subgraph] = model.subgraphs;
  if (!subgraph) throw new FlatbufferError('damaged', 'it holds no graph');
  const origins = findOrigins(subgraph);
  const describe = (index: number) => describeTensor(index, subgraph, model, origins);
  const steps = describeSteps(subgraph, origins);
  const operators = subgraph.operators.map((record, position) => ({
    ...describeOperator(record, position + 1, model.operatorCodes, describe),
    branches: steps[position]?.branches ?? [],
  }));
  return {
    description: model.description,
    inputs: subgraph.inputs.map(describe),
    outputs: subgraph.outputs.map(describe),
    operators,
    totals: {
      weightBytes: bytesOfConstants(subgraph, model, origins),
      multiplyAdds: operators.reduce((sum, operator) => sum + (operator.multiplyAdds ?? 0), 0),
      uncounted: operators.filter((operator) => operator.multiplyAdds === undefined).length,
    },
  };
}

/** Number of the operator that computes a tensor, or 'input'; neither: not in the map. */
type Origins = ReadonlyMap<number, number | 'input'>;

function findOrigins({ operators, inputs }: SubGraphOutline): Origins {
  const origins = new Map<number, number | 'input'>(inputs.map((index) => [index, 'input']));
  for (const [position, { outputs }] of operators.entries()) {
    for (const index of outputs) origins.set(index, position + 1);
  }
  return origins;
}

/**
 * The operators that each takes values from beside the one that ran just before it. What is
 * computed from constants alone, as the weights of a float16 file are, is no step of its own.
 */
function describeSteps({ operators }: SubGraphOutline, origins: Origins): { branches: number[] }[] {
  const onConstants = new Set<number>();
  let previous: number | undefined;
  return operators.map(({ inputs }, position) => {
    const sources = inputs.flatMap((index) => origins.get(index) ?? []);
    const values = sources.filter((source) => source === 'input' || !onConstants.has(source));
    if (values.length === 0) {
      onConstants.add(position + 1);
      return { branches: [] };
    }
    const numbers = values.filter((source) => source !== 'input' && source !== previous);
    previous = position + 1;
    return { branches: [...new Set(numbers as number[])] };
  });
}

function describeOperator(
  record: OperatorOutline,
  number: number,
  codes: readonly OperatorCodeRecord[],
  describe: (index: number) => GraphTensor,
): Omit<GraphOperator, 'branches'> {
  const code = codes[record.opcodeIndex];
  if (!code) throw new FlatbufferError('damaged', `it has no operator code ${record.opcodeIndex}`);
  const kind = kindName(code);
  // An optional input that is absent is -1.
  const present = (index: number | undefined) =>
    index === undefined || index === -1 ? undefined : describe(index);
  const inputs = record.inputs.flatMap((index) => present(index) ?? []);
  const outputs = record.outputs.map(describe);
  const products = multiplyAdds(kind, present(record.inputs[1])?.shape, outputs[0]?.shape);
  return {
    number,
    kind,
    name: outputs[0]?.name ?? kind,
    inputs,
    outputs,
    weightBytes: inputs.reduce((sum, { bytes = 0 }) => sum + bytes, 0),
    ...(products === undefined ? {} : { multiplyAdds: products }),
    ...describeOptions(kind, record),
  };
}

function kindName({ customCode, deprecatedBuiltinCode, builtinCode }: OperatorCodeRecord): string {
  if (customCode !== '') return customCode;
  return builtinOperatorName(Math.max(deprecatedBuiltinCode, builtinCode));
}

function describeOptions(
  kind: string,
  record: OperatorOutline,
): Pick<GraphOperator, 'activation' | 'obstacle'> {
  if (!isFileOperatorKind(kind)) return { obstacle: `the studio does not know ${kind}` };
  try {
    const options = readOptions(kind, record);
    return 'activation' in options && options.activation !== 'none'
      ? { activation: options.activation }
      : {};
  } catch (error) {
    if (error instanceof FlatbufferError) return { obstacle: error.message };
    throw error;
  }
}

const readOptions = <Kind extends FileOperatorKind>(
  kind: Kind,
  { builtinOptions }: OperatorOutline,
): OperatorOptions[Kind] => unwrapMember(operatorCodecs[kind].options, builtinOptions);

function tensorAt({ tensors }: SubGraphOutline, index: number): TensorOutline {
  const tensor = tensors[index];
  if (tensor) return tensor;
  throw new FlatbufferError('damaged', `it names tensor ${index}, which it does not have`);
}

/** Length of a tensor's constant; 0 for a value computed at run time. */
function constantBytes({ buffer }: TensorOutline, { buffers }: ModelOutline): number {
  const stored = buffers[buffer];
  if (!stored) throw new FlatbufferError('damaged', `it has no buffer ${buffer}`);
  return stored.data.length;
}

function describeTensor(
  index: number,
  subgraph: SubGraphOutline,
  model: ModelOutline,
  origins: Origins,
): GraphTensor {
  const tensor = tensorAt(subgraph, index);
  const { name, shape, type, quantization } = tensor;
  return {
    name,
    shape,
    type: tensorTypeName(type),
    ...describeOrigin(origins.get(index), constantBytes(tensor, model)),
    ...(quantization && quantization.scale.length > 0
      ? {
          quantization: {
            scales: quantization.scale.length,
            axis: quantization.axis,
            scale: rangeOf(quantization.scale),
            zeroPoint: rangeOf(quantization.zeroPoint),
          },
        }
      : {}),
  };
}

function describeOrigin(
  origin: number | 'input' | undefined,
  bytes: number,
): Pick<GraphTensor, 'origin' | 'from' | 'bytes'> {
  if (origin === 'input') return { origin };
  if (origin !== undefined) return { origin: 'operator', from: origin };
  return bytes > 0 ? { origin: 'constant', bytes } : { origin: 'state' };
}

/** Of 0 where a file leaves them out, as old ones do with zero points. */
const rangeOf = (values: readonly number[]): { least: number; most: number } => ({
  least: values.reduce((least, value) => Math.min(least, value), values[0] ?? 0),
  most: values.reduce((most, value) => Math.max(most, value), values[0] ?? 0),
});

function bytesOfConstants(
  subgraph: SubGraphOutline,
  model: ModelOutline,
  origins: Origins,
): number {
  const used = subgraph.operators
    .flatMap(({ inputs }) => inputs)
    .filter((index) => index !== -1 && !origins.has(index))
    .map((index) => tensorAt(subgraph, index));
  const byBuffer = new Map(used.map((tensor) => [tensor.buffer, constantBytes(tensor, model)]));
  return [...byBuffer.values()].reduce((sum, bytes) => sum + bytes, 0);
}
