import { builtinOperatorName } from './builtin-operator-names';
import { findFault } from './check-graph';
import { FlatbufferError } from './flatbuffer/flatbuffer-error';
import { readFile } from './flatbuffer/table';
import { unwrapMember } from './flatbuffer/union';
import type { Graph, Operator, Tensor } from './graph';
import { toModelError } from './model-error';
import { type FileOperatorKind, kindOfCode, operatorCodecs } from './operator-codecs';
import {
  type ModelRecord,
  modelTable,
  type OperatorCodeRecord,
  type OperatorRecord,
  TFLITE_IDENTIFIER,
  TFLITE_VERSION,
  type TensorRecord,
} from './tflite-schema';

/**
 * Reads a `.tflite` file (schema version 3, one subgraph). Constants and metadata are views of
 * `bytes`, not copies. Signatures are not kept: the names of inputs and outputs are those of
 * their tensors.
 * @throws AppError 'model-unreadable' for bytes that are no sound model, 'model-unsupported' for
 * a model that uses something outside `graph.ts`, naming it
 */
export function readTflite(bytes: Uint8Array): Graph {
  try {
    const graph = toGraph(readFile(modelTable, TFLITE_IDENTIFIER, bytes));
    const fault = findFault(graph);
    if (fault) throw new FlatbufferError('damaged', fault);
    return graph;
  } catch (error) {
    if (error instanceof FlatbufferError) throw toModelError(error);
    throw error;
  }
}

function toGraph(model: ModelRecord): Graph {
  if (model.version !== TFLITE_VERSION) {
    throw new FlatbufferError('unsupported', `schema version ${model.version}`);
  }
  const [subgraph, ...others] = model.subgraphs;
  if (!subgraph) throw new FlatbufferError('damaged', 'it holds no graph');
  if (others.length > 0) {
    throw new FlatbufferError('unsupported', `${others.length + 1} subgraphs`);
  }
  const buffers = model.buffers.map((buffer) => buffer.data);
  const kinds = model.operatorCodes.map(toKind);
  const tensors = subgraph.tensors.map((record) => toTensor(record, buffers));
  return {
    description: model.description,
    tensors,
    operators: subgraph.operators.map((record) => toOperator(record, kinds, tensors)),
    inputs: subgraph.inputs,
    outputs: subgraph.outputs,
    metadata: new Map(
      model.metadata.map(({ name, buffer }) => [name, bufferAt(buffers, buffer)] as const),
    ),
  };
}

function bufferAt(buffers: readonly Uint8Array[], index: number): Uint8Array {
  const data = buffers[index];
  if (!data) throw new FlatbufferError('damaged', `it has no buffer ${index}`);
  return data;
}

function toTensor(record: TensorRecord, buffers: readonly Uint8Array[]): Tensor {
  const { name, shape, type, quantization } = record;
  const data = bufferAt(buffers, record.buffer);
  return {
    name,
    shape,
    type,
    ...(data.length > 0 ? { data } : {}),
    ...(quantization && quantization.scale.length > 0 ? { quantization } : {}),
  };
}

/** Files from before 2020 have only the old field, where 127 stands for "look at the new one". */
function toKind(record: OperatorCodeRecord): FileOperatorKind {
  if (record.customCode !== '') {
    throw new FlatbufferError('unsupported', `the custom operator ${record.customCode}`);
  }
  const code = Math.max(record.deprecatedBuiltinCode, record.builtinCode);
  const kind = kindOfCode(code);
  if (!kind) throw new FlatbufferError('unsupported', builtinOperatorName(code));
  return kind;
}

function toOperator(
  record: OperatorRecord,
  kinds: readonly FileOperatorKind[],
  tensors: readonly Tensor[],
): Operator {
  const kind = kinds[record.opcodeIndex];
  if (!kind) throw new FlatbufferError('damaged', `it has no operator code ${record.opcodeIndex}`);
  return decodeOperator(kind, record, tensors);
}

function decodeOperator<Kind extends FileOperatorKind>(
  kind: Kind,
  { inputs, outputs, builtinOptions }: OperatorRecord,
  tensors: readonly Tensor[],
): Operator<Kind> {
  const options = unwrapMember(operatorCodecs[kind].options, builtinOptions);
  return { kind, name: tensors[outputs[0] ?? -1]?.name ?? kind, inputs, outputs, options };
}
