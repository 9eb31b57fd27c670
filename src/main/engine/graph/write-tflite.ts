import { writeFile } from './flatbuffer/table';
import { type UnionValue, wrapMember } from './flatbuffer/union';
import type { Graph, Operator } from './graph';
import { type FileOperatorKind, isFileOperator, operatorCodecs } from './operator-codecs';
import { operatorVersion } from './operator-version';
import {
  modelTable,
  type OperatorCodeRecord,
  TFLITE_IDENTIFIER,
  TFLITE_VERSION,
} from './tflite-schema';

/** Bytes a file needs for all that is not constants, a tensor or operator; generous. */
const BYTES_PER_PART = 256;

/** In `deprecated_builtin_code`: the number does not fit, see `builtin_code`. */
const PLACEHOLDER_FOR_GREATER_OP_CODES = 127;

/**
 * Writes a `.tflite` file, schema version 3. The same graph gives the same bytes. Constants that
 * share one `Uint8Array` share one buffer.
 *
 * No signature is written: LiteRT then takes tensor names for input and output names, and there
 * is no second set of names that could contradict them.
 * @throws Error for operators that exist in a trainer's graph only; `cleanGraph` removes them
 */
export function writeTflite(graph: Graph): Uint8Array {
  const buffers = new BufferList();
  const codes = new OperatorCodeList();
  const tensors = graph.tensors.map(({ name, shape, type, data, quantization }) => ({
    name,
    shape,
    type,
    buffer: data ? buffers.add(data) : 0,
    quantization,
  }));
  const operators = graph.operators.map(requireFileOperator).map((operator) => ({
    opcodeIndex: codes.add(operator, graph),
    inputs: operator.inputs,
    outputs: operator.outputs,
    builtinOptions: encodeOptions(operator),
  }));
  const metadata = [...graph.metadata].map(([name, data]) => ({
    name,
    buffer: buffers.add(data),
  }));
  const { inputs, outputs, description } = graph;
  return writeFile(
    modelTable,
    TFLITE_IDENTIFIER,
    {
      version: TFLITE_VERSION,
      operatorCodes: codes.records,
      subgraphs: [{ tensors, inputs, outputs, operators, name: 'main' }],
      description,
      buffers: buffers.all.map((data) => ({ data })),
      metadata,
    },
    buffers.bytes + BYTES_PER_PART * (4 + tensors.length + operators.length),
  );
}

function requireFileOperator(operator: Operator): Operator<FileOperatorKind> {
  if (isFileOperator(operator)) return operator;
  throw new Error(`${operator.kind} ${operator.name} has no form in a TFLite file`);
}

/** Buffer 0 is empty and stands for "no data", as the schema wants it. */
class BufferList {
  readonly all: Uint8Array[] = [new Uint8Array()];
  bytes = 0;
  private readonly indices = new Map<Uint8Array, number>();

  add(data: Uint8Array): number {
    const known = this.indices.get(data);
    if (known !== undefined) return known;
    this.indices.set(data, this.all.length);
    this.bytes += data.length;
    return this.all.push(data) - 1;
  }
}

/** Each pair of kind and version once, in order of first use. */
class OperatorCodeList {
  readonly records: OperatorCodeRecord[] = [];
  private readonly indices = new Map<string, number>();

  add(operator: Operator<FileOperatorKind>, { tensors }: Graph): number {
    const version = operatorVersion(operator, tensors);
    const key = `${operator.kind} ${version}`;
    const known = this.indices.get(key);
    if (known !== undefined) return known;
    const { code } = operatorCodecs[operator.kind];
    this.indices.set(key, this.records.length);
    return (
      this.records.push({
        deprecatedBuiltinCode: Math.min(code, PLACEHOLDER_FOR_GREATER_OP_CODES),
        customCode: '',
        version,
        builtinCode: code,
      }) - 1
    );
  }
}

function encodeOptions<Kind extends FileOperatorKind>(
  operator: Operator<Kind>,
): UnionValue | undefined {
  return wrapMember(operatorCodecs[operator.kind].options, operator.options);
}
