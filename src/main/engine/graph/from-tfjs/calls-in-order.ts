import { describe, refuse } from './conversion';
import type { Source } from './layer-calls';
import { downloadAgain, tfjsUnreadable, tfjsUnsupported } from './tfjs-error';
import type { LayerRecord, ModelRecord } from './topology';

/** One call of a layer, with the keys of the calls whose answers it takes. */
export interface Call {
  key: string;
  layer: LayerRecord;
  sources: string[];
}

export const keyOf = ({ layer, call }: Source): string => `${call} ${layer}`;

/**
 * The calls that the output of a network needs, each behind those whose answers it takes.
 * @throws AppError 'model-unreadable' for what refers to nothing or to itself, 'model-unsupported'
 */
export function callsInOrder(
  network: ModelRecord,
  { input, output }: NonNullable<ModelRecord['wiring']>,
): { calls: Call[]; outputKey: string } {
  const networks = new Set(network.layers.flatMap((layer) => (layer.network ? [layer.name] : [])));
  // Most versions count the making of a network as its first call, some do not.
  const sourceKey = ({ layer, call }: Source) =>
    keyOf({ layer, call: networks.has(layer) && call <= 1 ? 0 : call });
  const [inputKey, outputKey] = [keyOf(input), sourceKey(output)];
  const all = callsOf(network, sourceKey);
  const needed = neededCalls(network, all, inputKey, outputKey);

  const takers = new Map<string, Call[]>();
  const waits = new Map<Call, number>();
  const ready: Call[] = [];
  for (const call of needed) {
    const before = new Set(call.sources.filter((key) => key !== inputKey));
    waits.set(call, before.size);
    if (before.size === 0) ready.push(call);
    for (const key of before) {
      const others = takers.get(key);
      if (others) others.push(call);
      else takers.set(key, [call]);
    }
  }
  // Grows while it is walked through.
  for (const { key } of ready) {
    for (const taker of takers.get(key) ?? []) {
      const left = (waits.get(taker) ?? 0) - 1;
      waits.set(taker, left);
      if (left === 0) ready.push(taker);
    }
  }
  if (ready.length === needed.size) return { calls: ready, outputKey };
  const done = new Set(ready);
  const stuck = [...needed].find((call) => !done.has(call));
  throw damaged(`${stuck ? describe(stuck.layer) : network.name} waits for its own answer`);
}

function callsOf(
  { layers }: ModelRecord,
  sourceKey: (source: Source) => string,
): ReadonlyMap<string, Call> {
  const calls = new Map<string, Call>();
  for (const layer of layers) {
    if (layer.network && layer.calls.length > 1) {
      throw refuse(layer, `it is used ${layer.calls.length} times; a network inside can be once`);
    }
    layer.calls.forEach((sources, call) => {
      const key = keyOf({ layer: layer.name, call });
      calls.set(key, { key, layer, sources: sources.map(sourceKey) });
    });
    // Nothing goes into an input.
    if (layer.calls.length === 0) {
      const key = keyOf({ layer: layer.name, call: 0 });
      calls.set(key, { key, layer, sources: [] });
    }
  }
  return calls;
}

/** From the output backwards. */
function neededCalls(
  network: ModelRecord,
  calls: ReadonlyMap<string, Call>,
  inputKey: string,
  outputKey: string,
): Set<Call> {
  const needed = new Set<Call>();
  const open = [outputKey];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === inputKey) continue;
    const call = calls.get(key);
    if (!call) {
      throw damaged(`${network.name} takes an answer that no layer gives: call ${key}`);
    }
    if (call.layer.className === 'InputLayer') {
      throw tfjsUnsupported(`${network.name} takes several inputs, an image classifier one`);
    }
    if (needed.has(call)) continue;
    needed.add(call);
    open.push(...call.sources);
  }
  return needed;
}

const damaged = (what: string) =>
  tfjsUnreadable(`The network in model.json is not sound: ${what}.`, downloadAgain);
