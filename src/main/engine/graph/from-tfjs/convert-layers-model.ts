import { z } from 'zod';
import type { GraphChange } from '../../../../shared/domain/model';
import type { Graph } from '../graph';
import { counted } from '../passes/counted';
import { applyNetwork } from './apply-network';
import { Conversion, requireShape } from './conversion';
import type { LayersModel } from './model-json';
import { downloadAgain, tfjsUnreadable, tfjsUnsupported } from './tfjs-error';
import type { ModelRecord } from './topology';
import { createWeightStore } from './weight-store';

/** A TensorFlow.js layers model with its weights. */
export interface LayersModelFiles extends LayersModel {
  /** The bytes of each group of the manifest, its files one behind the other. */
  weights: readonly Uint8Array[];
  /** Side of the picture, for a network that takes any size. */
  imageSize?: number | undefined;
}

/**
 * Makes a float32 graph of a TensorFlow.js layers model: [1, height, width, channels] in, whatever the
 * network answers out. Nothing is simplified: batch normalization becomes MUL and ADD.
 * @returns the graph, and in `changes` what was left out or widened
 * @throws AppError 'model-unreadable' for files that contradict each other, 'model-unsupported' naming
 * the layer and its class, or what else is in the way
 */
export function convertLayersModel({ network, manifest, weights, imageSize }: LayersModelFiles): {
  graph: Graph;
  changes: GraphChange[];
} {
  const store = createWeightStore(manifest, weights);
  const conversion = new Conversion(store);
  const input = conversion.builder.input('image', inputShape(network, imageSize));
  const output = applyNetwork(network, input, conversion);
  if (conversion.operators === 0) throw tfjsUnsupported('none of its layers computes anything');
  const forgotten = store.leftOf(conversion.converted);
  if (forgotten.length > 0) {
    throw tfjsUnreadable(
      `This TensorFlow.js model is not sound: its layers do not use all of their weights, ${forgotten.slice(0, 3).join(', ')}.`,
      downloadAgain,
    );
  }
  const graph = conversion.builder.finish([output], 'Converted from a TensorFlow.js layers model.');
  return { graph, changes: [describe(conversion, store.smallTypes())] };
}

function describe(
  { converted, leftOut, operators }: Conversion,
  smallTypes: readonly string[],
): GraphChange {
  const layers = counted(converted.size, 'TensorFlow.js layer');
  const gone =
    leftOut.length === 0
      ? ''
      : `, left out ${leftOut.map(({ className, name }) => `${className} ${name}`).join(', ')}`;
  const widened = smallTypes.length === 0 ? '' : `, widened weights of ${smallTypes.join(' and ')}`;
  return {
    pass: 'from-tfjs',
    description: `Made ${counted(operators, 'operator')} of ${layers}${gone}${widened}`,
  };
}

const sizes = z.array(z.int().positive().nullable()).max(8);
const inputSchema = z.object({
  batch_input_shape: sizes.nullish(),
  /** Keras 3's name for it. */
  batch_shape: sizes.nullish(),
  /** Of a Sequential that was made without an input. */
  build_input_shape: sizes.nullish(),
  dtype: z.unknown().optional(),
});

function inputShape(network: ModelRecord, imageSize: number | undefined): number[] {
  const { shape, type } = statedInput(network);
  if (typeof type === 'string' && !type.startsWith('float')) {
    throw tfjsUnsupported(`it takes ${type} values, not float32`);
  }
  if (shape?.length !== 4) {
    const found = shape ? `[${shape.map((size) => size ?? 'any').join(', ')}]` : 'no stated shape';
    throw tfjsUnsupported(`it takes ${found}, not one picture of [1, height, width, 3]`);
  }
  const [, height, width, channels] = shape.map((size) => size ?? undefined);
  const fixed = [1, height ?? imageSize ?? 0, width ?? imageSize ?? 0, channels ?? 0];
  if (fixed.includes(0)) {
    throw tfjsUnsupported(
      'it takes pictures of any size',
      'Export it with a fixed size, in Keras an Input of (height, width, 3).',
    );
  }
  requireShape(fixed, 'its input');
  return fixed;
}

/** What the first layer says, or of a network that begins with a network, that one's. */
function statedInput(network: ModelRecord): {
  shape?: (number | null)[] | null | undefined;
  type?: unknown;
} {
  const { wiring, layers } = network;
  const first = wiring ? layers.find(({ name }) => name === wiring.input.layer) : layers[0];
  if (first?.network) return statedInput(first.network);
  const read = (config: unknown) => inputSchema.safeParse(config).data;
  const own = read(first?.config);
  const shape = own?.batch_input_shape ?? own?.batch_shape;
  // A type beside a shape is the input's; without one it may be the layer's own.
  if (shape) return { shape, type: own?.dtype };
  return { shape: read(network.config)?.build_input_shape };
}
