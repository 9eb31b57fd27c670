import type { GraphChange } from '../../../shared/domain/model';
import type { Graph, Tensor } from './graph';
import { encodeHalves, halfValue } from './half-float';
import { counted } from './passes/counted';
import type { PassResult } from './passes/pass';
import { storeConstants } from './passes/store-constants';
import { bytesOf, floatsOf } from './tensor-data';

const PASS = 'convert-float16';

/**
 * Stores every float32 weight as float16 and a DEQUANTIZE before its first consumer, as TFLite's
 * own converter does: half the bytes, the same float32 computation. A constant with a value
 * beyond float16 (65504) stays float32 and is reported.
 */
export function toFloat16(graph: Graph): PassResult {
  const kept: GraphChange[] = [];
  const totals = { constants: 0, values: 0, vanished: 0 };
  const stored = storeConstants(graph, (tensor) => {
    const halves = toHalves(floatsOf(tensor));
    if (!halves) {
      const description = `Kept ${tensor.name} in float32: it has values beyond the range of float16`;
      kept.push({ pass: PASS, description });
      return undefined;
    }
    totals.constants += 1;
    totals.values += halves.bits.length;
    totals.vanished += halves.vanished;
    return halfTensor(tensor, halves.bits);
  });
  if (totals.constants === 0) return { graph, changes: kept };
  return { graph: stored, changes: [{ pass: PASS, description: describe(totals) }, ...kept] };
}

function describe(totals: { constants: number; values: number; vanished: number }): string {
  const stored = `Stored ${counted(totals.constants, 'constant')} (${counted(totals.values, 'value')}) as float16 with a DEQUANTIZE each`;
  return totals.vanished === 0
    ? stored
    : `${stored}; ${counted(totals.vanished, 'value')} too small for float16 became 0`;
}

/** undefined when a value does not fit. */
function toHalves(values: Float32Array): { bits: Uint16Array; vanished: number } | undefined {
  const bits = encodeHalves(values);
  let vanished = 0;
  for (let i = 0; i < bits.length; i++) {
    const value = values[i] ?? 0;
    const half = halfValue(bits[i] ?? 0);
    if (Number.isFinite(value) && !Number.isFinite(half)) return undefined;
    if (value !== 0 && half === 0) vanished += 1;
  }
  return { bits, vanished };
}

const halfTensor = ({ name, shape }: Tensor, bits: Uint16Array): Tensor => ({
  name: `${name}/float16`,
  shape,
  type: 'float16',
  data: bytesOf(bits),
});
