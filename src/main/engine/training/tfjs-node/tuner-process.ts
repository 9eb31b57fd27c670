// The process that trains with TensorFlow's C library: `tuner-process.js TFJS-NODE-PACKAGE`, started
// by connect-tuner.ts. What it costs in memory, and a crash, end with it.
import { createRequire } from 'node:module';
import { setPriority } from 'node:os';
import util from 'node:util';
import { toShape } from '../../../../shared/api/errors';
import { buildNetwork } from '../fine-tune/build-network';
import type { TunedNetwork } from '../fine-tune/tuned-network';
import type { TensorFlow } from '../tensor-engine';
import type { FromTuner, ToTuner } from './tuner-messages';

const [, , packageFolder = ''] = process.argv;

/** Whoever draws and answers goes first where there are fewer cores than work. */
const niceness = 10;

// tfjs-node 4.22 calls what Node 23 took away.
const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;

let network: TunedNetwork | undefined;
let working: Promise<void> = Promise.resolve();

async function answer(id: number, work: () => FromTuner | Promise<FromTuner>): Promise<void> {
  let reply: FromTuner;
  try {
    reply = await work();
  } catch (error) {
    const { code, message: reason, remedy } = toShape(error);
    const said = code === 'internal' && error instanceof Error ? error.message : reason;
    reply = { type: 'failed', id, code, reason: said, remedy };
  }
  process.send?.(reply);
}

function built(): TunedNetwork {
  if (!network) throw new Error('No network was built');
  return network;
}

async function handle(tf: TensorFlow, engine: string, message: ToTuner): Promise<FromTuner> {
  const { id } = message;
  switch (message.type) {
    case 'build':
      network = buildNetwork(tf, engine, message.graph, message.encodings);
      return { type: 'done', id };
    case 'step':
      await built().step(message.batch, message.rate);
      return { type: 'done', id };
    case 'logits':
      return { type: 'logits', id, logits: await built().logits(message.inputs, message.rows) };
    case 'state':
      return { type: 'state', id, state: await built().state() };
    case 'restore':
      await built().restore(message.state);
      return { type: 'done', id };
    case 'set-weights':
      await built().setWeights(message.weights);
      return { type: 'done', id };
  }
}

void answer(0, () => {
  setPriority(niceness);
  const tf = createRequire(import.meta.url)(packageFolder) as TensorFlow;
  if (tf.getBackend() !== 'tensorflow') throw new Error('its native library did not start');
  const engine = `tfjs-node ${tf.version_core}`;
  process.on('message', (message: ToTuner) => {
    working = working.then(() => answer(message.id, () => handle(tf, engine, message)));
  });
  return { type: 'ready', id: 0, engine };
});

// Whoever started this process is gone, with or without a good-bye.
process.on('disconnect', () => process.exit(0));
// Ctrl+C in a terminal goes to all its processes; the studio says when this one ends.
process.on('SIGINT', () => undefined);
