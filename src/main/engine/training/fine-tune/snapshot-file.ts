import { z } from 'zod';
import { epochRecordSchema } from '../../../../shared/domain/model';
import { bytesOf } from '../../graph/tensor-data';
import type { TuningSnapshot } from './tune-network';

/** Marks the form; another one is not read but begun anew. */
const form = 'pocketlens-fine-tuning-1';

const headerSchema = z.object({
  form: z.literal(form),
  /** What the snapshot belongs to, compared as a whole. */
  belongsTo: z.string(),
  headEpochs: z.int().nonnegative(),
  resumed: z.int().nonnegative(),
  epochs: z.array(epochRecordSchema),
  bestEpoch: z.int().positive(),
  steps: z.int().nonnegative(),
  /** Values of each trained constant. */
  lengths: z.array(z.int().positive()),
});

/** A line of JSON, then float32 numbers: weights, both moments of Adam, the best weights. */
export function encodeSnapshot(snapshot: TuningSnapshot, belongsTo: string): Uint8Array {
  const { headEpochs, resumed, epochs, bestEpoch, best, state } = snapshot;
  const { steps, first, second } = state.adam;
  const lengths = state.weights.map(({ length }) => length);
  const header = { form, belongsTo, headEpochs, resumed, epochs, bestEpoch, steps, lengths };
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...[state.weights, first, second, best].flat().map(bytesOf),
  ]);
}

/** Undefined for a file that is damaged, of another form, or belongs to something else. */
export function decodeSnapshot(file: Uint8Array, belongsTo: string): TuningSnapshot | undefined {
  const end = file.indexOf('\n'.charCodeAt(0));
  const header = parseHeader(Buffer.from(file.subarray(0, Math.max(0, end))).toString('utf8'));
  if (header?.belongsTo !== belongsTo) return undefined;
  const { headEpochs, resumed, epochs, bestEpoch, steps, lengths } = header;
  const values = lengths.reduce((sum, length) => sum + length, 0);
  // Copied, because the numbers may begin anywhere in the file.
  const body = Uint8Array.from(file.subarray(end + 1));
  if (body.length !== values * 4 * 4 || epochs.length < bestEpoch) return undefined;
  const numbers = new Float32Array(body.buffer);
  let at = 0;
  const take = () => lengths.map((length) => numbers.slice(at, (at += length)));
  const [weights, first, second, best] = [take(), take(), take(), take()];
  return {
    headEpochs,
    resumed,
    epochs,
    bestEpoch,
    best,
    state: { weights, adam: { steps, first, second } },
  };
}

function parseHeader(text: string) {
  try {
    return headerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
