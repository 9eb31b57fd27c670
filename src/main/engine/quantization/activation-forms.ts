import type { IoType } from '../../../shared/domain/model';
import type { Graph, Operator, Tensor } from '../graph/graph';
import { bytesOf, floatsOf, isConstant } from '../graph/tensor-data';
import type { ActivationScheme } from './activation-scheme';
import { type AffineEncoding, quantizeValues } from './affine-encoding';
import type { GraphRewriter } from './graph-rewriter';

/**
 * The activations of a graph that is rewritten: as integers, as float32, or as both where layers that are
 * kept in float border on others. A QUANTIZE or DEQUANTIZE is added when the other form is first asked
 * for, and then shared.
 */
export interface ActivationForms {
  /** Index in the new graph. */
  stored(sourceIndex: number): number;
  float(sourceIndex: number): number;
  /** Computed in float, so that its float form costs nothing. */
  isFloat(sourceIndex: number): boolean;
  /** Says that a float form is there already: the input that apps fill. */
  haveFloat(sourceIndex: number, index: number): void;
}

export interface FormsOptions {
  /** Of the integers. */
  type: ActivationScheme['type'];
  source: Graph;
  rewriter: GraphRewriter;
  encodingOf(sourceIndex: number): AffineEncoding;
  /** Operators that are kept in float. */
  kept: ReadonlySet<Operator>;
  io: IoType;
}

export function createActivationForms(options: FormsOptions): ActivationForms {
  const { type, source, rewriter, encodingOf, kept, io } = options;
  const floats = new Map<number, number>();
  const stored = new Map<number, number>();
  const computedInFloat = new Set([...kept].flatMap(({ outputs }) => outputs));
  const isFloat = (index: number) => computedInFloat.has(index);

  const tensorAt = (index: number): Tensor => {
    const tensor = source.tensors[index];
    if (!tensor) throw new RangeError(`The graph has no tensor ${index}`);
    return tensor;
  };
  /** The plain name belongs to the tensor that apps see, and otherwise to what an operator computes. */
  const isShown = (index: number) =>
    source.inputs.includes(index) || source.outputs.includes(index);

  const forms: ActivationForms = {
    isFloat,
    haveFloat: (index, float) => void floats.set(index, float),
    stored(index) {
      const known = stored.get(index);
      if (known !== undefined) return known;
      const tensor = tensorAt(index);
      const { scale, zeroPoint } = encodingOf(index);
      const isPlain = io === type ? !isFloat(index) : !isShown(index) && !isFloat(index);
      const added = rewriter.add({
        name: isPlain ? tensor.name : `${tensor.name}/${type}`,
        shape: tensor.shape,
        type,
        quantization: { scale: [scale], zeroPoint: [zeroPoint], axis: 0 },
        ...(isConstant(tensor) && {
          data: bytesOf(quantizeValues(floatsOf(tensor), { scale, zeroPoint }, type)),
        }),
      });
      stored.set(index, added);
      if (isFloat(index)) convert('QUANTIZE', tensor.name, forms.float(index), added);
      return added;
    },
    float(index) {
      const known = floats.get(index);
      if (known !== undefined) return known;
      const tensor = tensorAt(index);
      const isPlain =
        isConstant(tensor) || (isFloat(index) && (io === 'float32' || !isShown(index)));
      const added = rewriter.add({
        ...tensor,
        name: isPlain ? tensor.name : `${tensor.name}/float`,
      });
      floats.set(index, added);
      if (!isConstant(tensor) && !isFloat(index)) {
        convert('DEQUANTIZE', tensor.name, forms.stored(index), added);
      }
      return added;
    },
  };

  function convert(kind: 'QUANTIZE' | 'DEQUANTIZE', of: string, from: number, to: number): void {
    const name = `${of}/${kind.toLowerCase()}`;
    rewriter.push({ kind, name, inputs: [from], outputs: [to], options: {} });
  }
  return forms;
}
