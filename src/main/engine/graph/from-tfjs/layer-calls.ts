import { z } from 'zod';
import { downloadAgain, tfjsUnreadable, tfjsUnsupported } from './tfjs-error';

/** The answer of a layer's call: a layer may be called several times, a shared one. */
export interface Source {
  layer: string;
  call: number;
}

/** Name, number of the call, number of the tensor, and in Keras 2 what else it was called with. */
const sourceSchema = z
  .tuple([z.string().max(500), z.int().nonnegative(), z.int().nonnegative()])
  .rest(z.unknown());

/** Keras 3: a call's arguments, tensors among them, also in lists. */
const callSchema = z.object({ args: z.array(z.unknown()) });
const tensorSchema = z.object({
  class_name: z.literal('__keras_tensor__'),
  config: z.object({ keras_history: sourceSchema }),
});

/** @throws AppError 'model-unreadable'; 'model-unsupported' for a second tensor of a layer. */
export function readSource(value: unknown): Source {
  const source = sourceSchema.safeParse(value);
  if (!source.success) throw damaged('one of its layers takes something that is no layer');
  const [layer, call, tensor] = source.data;
  if (tensor !== 0) {
    throw tfjsUnsupported(`the layer ${layer} gives several tensors, and others take them`);
  }
  return { layer, call };
}

/**
 * What one call of a layer takes, an entry of its `inbound_nodes`.
 * @param layer its name, for messages
 * @throws AppError 'model-unreadable', 'model-unsupported'
 */
export function readCalls(value: unknown, layer: string): Source[] {
  const keras3 = callSchema.safeParse(value);
  if (keras3.success) {
    return keras3.data.args
      .flatMap((argument) => (Array.isArray(argument) ? (argument as unknown[]) : [argument]))
      .flatMap((argument) => {
        const tensor = tensorSchema.safeParse(argument);
        return tensor.success ? [readSource(tensor.data.config.keras_history)] : [];
      });
  }
  const listed = z.array(z.unknown()).safeParse(value);
  if (!listed.success) throw damaged(`what the layer ${layer} takes is not a list`);
  return listed.data.map(readSource);
}

const damaged = (what: string) =>
  tfjsUnreadable(`The network in model.json is not sound: ${what}.`, downloadAgain);
