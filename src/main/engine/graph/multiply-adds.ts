import { isFileOperatorKind } from './operator-codecs';
import { tensorElements } from './tensor-data';

/**
 * Multiplications (each with its addition) of one inference, as papers count "MAdds":
 * - CONV_2D, kernel [out,h,w,in]: elements of the output * h * w * in. For a grouped convolution
 *   the kernel's `in` is already that of one group.
 * - DEPTHWISE_CONV_2D, kernel [1,h,w,ch]: elements of the output * h * w.
 * - FULLY_CONNECTED, weights [out,in]: elements of the output * in.
 * Positions on the padding count like all others; bias, activation, pooling and arithmetic
 * between layers do not count, so other kinds of `graph.ts` have 0.
 *
 * @param kind in TFLite's words
 * @param weights shape of the second input
 * @param output shape of the first output
 * @returns undefined for kinds outside `graph.ts`, and where a shape is open or not as above
 */
export function multiplyAdds(
  kind: string,
  weights: readonly number[] | undefined,
  output: readonly number[] | undefined,
): number | undefined {
  if (!isFileOperatorKind(kind)) return undefined;
  const perElement = multiplyAddsPerElement(kind, weights);
  if (perElement === 0) return 0;
  if (perElement === undefined || !output) return undefined;
  const product = tensorElements(output) * perElement;
  const open = [...output, ...(weights ?? [])].some((size) => size < 0);
  return open || !Number.isSafeInteger(product) ? undefined : product;
}

function multiplyAddsPerElement(kind: string, weights: readonly number[] = []): number | undefined {
  if (kind === 'FULLY_CONNECTED') return weights.length === 2 ? weights[1] : undefined;
  if (kind !== 'CONV_2D' && kind !== 'DEPTHWISE_CONV_2D') return 0;
  const [, height, width, channels] = weights;
  if (height === undefined || width === undefined || channels === undefined) return undefined;
  return height * width * (kind === 'CONV_2D' ? channels : 1);
}
