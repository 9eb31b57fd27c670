import { z } from 'zod';
import { readCalls, readSource, type Source } from './layer-calls';
import { downloadAgain, tfjsUnreadable, tfjsUnsupported } from './tfjs-error';

/** One layer of a network, or a network inside a network. */
export interface LayerRecord {
  /** In Keras' words: "Conv2D". */
  className: string;
  /** Unique in its network, not in the whole. */
  name: string;
  config: Readonly<Record<string, unknown>>;
  /** What each call of it takes; empty in a Sequential, where each layer takes the one before. */
  calls: Source[][];
  /** Its layers, where it is a network itself. */
  network?: ModelRecord;
}

/** A Sequential has neither input nor output of its own: its first and last layer are. */
export interface ModelRecord {
  name: string;
  config: Readonly<Record<string, unknown>>;
  layers: LayerRecord[];
  wiring?: { input: Source; output: Source };
}

/** The largest networks of Keras have some 1,000 layers, Teachable Machine nests three deep. */
const MOST_LAYERS = 10_000;
const DEEPEST = 16;

const recordSchema = z.record(z.string(), z.unknown());
const layerSchema = z.object({
  class_name: z.string().min(1).max(100),
  name: z.string().max(500).nullish(),
  config: z.union([recordSchema, z.array(z.unknown())]),
  inbound_nodes: z.array(z.unknown()).nullish(),
});
const namedSchema = z.object({ name: z.string().min(1).max(500) });

/**
 * The layers of a network as `keras.Model.to_json` writes them, of Keras 2, Keras 3 and TensorFlow.js.
 * @throws AppError 'model-unreadable', 'model-unsupported'
 */
export function readTopology(topology: unknown): ModelRecord {
  let layers = 0;
  const root = readLayer(topology, 0);
  if (!root.network) {
    throw tfjsUnsupported(`its network is a ${root.className}, not a Sequential or a Functional`);
  }
  return root.network;

  function readLayer(value: unknown, depth: number): LayerRecord {
    layers += 1;
    if (layers > MOST_LAYERS) throw tfjsUnsupported(`it has more than ${MOST_LAYERS} layers`);
    if (depth > DEEPEST) {
      throw tfjsUnsupported(`its networks lie inside each other more than ${DEEPEST} deep`);
    }
    const layer = layerSchema.safeParse(value);
    if (!layer.success) throw damaged('one of its layers has no class or no configuration');
    const { class_name: className, config } = layer.data;
    // Sequential models of early TensorFlow.js are a bare list of layers.
    const own = Array.isArray(config) ? { layers: config } : config;
    const named = namedSchema.safeParse({ name: layer.data.name ?? own['name'] ?? className });
    if (!named.success) throw damaged(`a layer of class ${className} has no name`);
    const { name } = named.data;
    const calls = (layer.data.inbound_nodes ?? []).map((call) => readCalls(call, name));
    const record = { className, name, config: own, calls };
    const network = readNetwork(record, depth);
    return network ? { ...record, network } : record;
  }

  function readNetwork(
    { className, name, config }: LayerRecord,
    depth: number,
  ): ModelRecord | undefined {
    const isSequential = className === 'Sequential';
    if (!isSequential && className !== 'Model' && className !== 'Functional') return undefined;
    const listed = z.array(z.unknown()).safeParse(config['layers']);
    if (!listed.success) throw damaged(`the network ${name} has no layers`);
    const read = listed.data.map((layer) => readLayer(layer, depth + 1));
    if (isSequential) return { name, config, layers: read };
    const seen = new Set<string>();
    for (const layer of read) {
      if (seen.has(layer.name)) throw damaged(`it has two layers of the name ${layer.name}`);
      seen.add(layer.name);
    }
    const input = onlyOne(config['input_layers'], `${name} takes`, 'inputs');
    const output = onlyOne(config['output_layers'], `${name} gives`, 'outputs');
    return { name, config, layers: read, wiring: { input, output } };
  }
}

/** A list of one layer's name, call and tensor; Keras 3 leaves the list away where there is one. */
function onlyOne(value: unknown, does: string, what: string): Source {
  const listed = z.array(z.unknown()).safeParse(value);
  if (!listed.success) throw damaged(`${does} no ${what}`);
  const isBare = typeof listed.data[0] === 'string';
  const sources = isBare ? [listed.data] : listed.data;
  const [source, ...others] = sources.map((one) => readSource(one));
  if (source && others.length === 0) return source;
  throw tfjsUnsupported(`${does} ${sources.length} ${what}, an image classifier one`);
}

const damaged = (what: string) =>
  tfjsUnreadable(`The network in model.json is not sound: ${what}.`, downloadAgain);
