import type { Graph, Operator } from './graph';
import { tensorElements } from './tensor-data';

/** Whether an operator averages each channel over the whole picture, not over a part of it. */
export function isWholeAverage({ tensors }: Graph, { kind, inputs, outputs }: Operator): boolean {
  if (kind !== 'AVERAGE_POOL_2D' && kind !== 'MEAN') return false;
  const before = tensors[inputs[0] ?? -1]?.shape ?? [];
  const after = tensors[outputs[0] ?? -1]?.shape ?? [];
  return before.length === 4 && tensorElements(after) === before[3];
}
