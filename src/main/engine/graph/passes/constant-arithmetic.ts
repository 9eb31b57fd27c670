import type { Graph, Operator } from '../graph';
import { floatsOf, isConstant } from '../tensor-data';

/** A MUL, ADD or SUB of a value and a constant: value * c or value + c. */
export interface ConstantArithmetic {
  operator: Operator<'MUL' | 'ADD' | 'SUB'>;
  /** The tensor that is not constant. */
  value: number;
  isMul: boolean;
  /** One for all, or one a channel, which is the value's last axis; those of SUB with their signs turned. */
  constants: Float32Array;
}

/** @returns undefined for anything else, also where the constant makes the value larger. */
export function constantArithmetic(
  { tensors }: Graph,
  operator: Operator,
): ConstantArithmetic | undefined {
  if (operator.kind !== 'MUL' && operator.kind !== 'ADD' && operator.kind !== 'SUB') {
    return undefined;
  }
  const [first = -1, second = -1] = operator.inputs;
  const isTurned = tensors[first]?.data !== undefined;
  // A constant minus a value is no sum of the value.
  if (isTurned && operator.kind === 'SUB') return undefined;
  const [value, other] = isTurned ? [second, first] : [first, second];
  const [input, constant, output] = [
    tensors[value],
    tensors[other],
    tensors[operator.outputs[0] ?? -1],
  ];
  if (!input || !constant || !output || isConstant(input) || !isConstant(constant))
    return undefined;
  if ([input, constant, output].some(({ type }) => type !== 'float32')) return undefined;
  if (input.shape.join() !== output.shape.join()) return undefined;
  const stored = floatsOf(constant);
  const channels = input.shape.at(-1);
  const fits =
    stored.length === 1 || (stored.length === channels && constant.shape.at(-1) === channels);
  if (!fits) return undefined;
  const constants = operator.kind === 'SUB' ? stored.map((number) => -number) : stored;
  return { operator, value, isMul: operator.kind === 'MUL', constants };
}

/** One a channel. */
export const constantOf = (constants: Float32Array, channel: number): number =>
  constants[constants.length === 1 ? 0 : channel] ?? 0;
