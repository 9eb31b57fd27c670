import { halfValue } from '../half-float';
import { tensorElements } from '../tensor-data';
import type { LayerRecord } from './topology';
import { downloadAgain, tfjsUnreadable, tfjsUnsupported } from './tfjs-error';
import {
  requireLength,
  storedAs,
  type WeightGroup,
  weightBytes,
  type WeightRecord,
} from './weights-manifest';

/** A weight with its place among the stored bytes. */
interface Stored {
  weight: WeightRecord;
  bytes: Uint8Array;
  /** The layer that has taken it. */
  owner?: LayerRecord;
}

/** The weights of a model, by layer. */
export interface WeightStore {
  /**
   * Values of a layer's weight, as float32, in the row-major order of `shape`.
   * @param names what versions of Keras call it, the usual name first
   * @throws AppError 'model-unreadable' when it is not there, is another layer's, or has another shape.
   */
  take(layer: LayerRecord, names: readonly string[], shape: readonly number[]): Float32Array;
  /** Names of weights that belong to `layers` and that nobody took. */
  leftOf(layers: Iterable<LayerRecord>): string[];
  /** How weights are stored other than as float32, without repetition. */
  smallTypes(): string[];
}

/**
 * @param groups the bytes of each group of the manifest, its files one behind the other
 * @throws AppError 'model-unreadable' for other bytes than the manifest tells, and for a name that is
 * there twice
 */
export function createWeightStore(
  manifest: readonly WeightGroup[],
  groups: readonly Uint8Array[],
): WeightStore {
  const stored = new Map<string, Stored>();
  manifest.forEach((group, index) => {
    const bytes = groups[index] ?? new Uint8Array();
    requireLength(group, bytes.length);
    let offset = 0;
    for (const weight of group.weights) {
      const end = offset + weightBytes(weight);
      if (weight.group !== 'optimizer') {
        if (stored.has(weight.name)) throw damaged(`it has two weights named ${weight.name}`);
        stored.set(weight.name, { weight, bytes: bytes.subarray(offset, end) });
      }
      offset = end;
    }
  });

  function find(layer: LayerRecord, name: string): Stored | undefined {
    const exact = stored.get(`${layer.name}/${name}`);
    if (exact) return exact;
    // Keras writes further names before, and TensorFlow 2.2 and later one between them.
    const [found, ...others] = [...stored.values()].filter(({ weight }) => {
      const parts = weight.name.split('/');
      return parts.at(-1) === name && parts.slice(0, -1).includes(layer.name);
    });
    if (others.length === 0) return found;
    throw damaged(`several weights could be ${name} of layer ${describe(layer)}`);
  }

  function findAny(layer: LayerRecord, names: readonly string[]): Stored {
    for (const name of names) {
      const found = find(layer, name);
      if (found) return found;
    }
    throw damaged(`the weight ${names[0]} of layer ${describe(layer)} is missing`);
  }

  return {
    take(layer, names, shape) {
      const found = findAny(layer, names);
      const { weight } = found;
      if (found.owner && found.owner !== layer) {
        throw damaged(`two layers are named ${layer.name}, and both take ${weight.name}`);
      }
      found.owner = layer;
      if (weight.shape.join() !== shape.join()) {
        throw damaged(
          `the weight ${weight.name} is [${weight.shape.join(', ')}], but layer ${describe(layer)} needs [${shape.join(', ')}]`,
        );
      }
      return valuesOf(found);
    },
    leftOf(layers) {
      const names = new Set(Array.from(layers, ({ name }) => name));
      return [...stored.values()]
        .filter(({ owner, weight }) => {
          return (
            !owner &&
            weight.name
              .split('/')
              .slice(0, -1)
              .some((part) => names.has(part))
          );
        })
        .map(({ weight }) => weight.name);
    },
    smallTypes() {
      const types = [...stored.values()].map(({ weight }) => storedAs(weight));
      return [...new Set(types)].filter((type) => type !== 'float32').sort();
    },
  };
}

/** As `decodeWeights` of tfjs-core reads them. */
function valuesOf({ weight, bytes }: Stored): Float32Array {
  const { name, dtype, shape, quantization } = weight;
  if (dtype !== 'float32') {
    throw tfjsUnsupported(`the weight ${name} is of type ${dtype}, not float32`);
  }
  // A group's weights need not lie at multiples of their size.
  const { buffer } = bytes.slice();
  if (!quantization) return new Float32Array(buffer);
  const codes = quantization.dtype === 'uint8' ? new Uint8Array(buffer) : new Uint16Array(buffer);
  const values = new Float32Array(tensorElements(shape));
  for (let i = 0; i < values.length; i++) {
    const code = codes[i] ?? 0;
    values[i] =
      quantization.dtype === 'float16'
        ? halfValue(code)
        : code * quantization.scale + quantization.min;
  }
  return values;
}

const describe = ({ name, className }: LayerRecord): string => `${name} (${className})`;

const damaged = (what: string) =>
  tfjsUnreadable(`This TensorFlow.js model is not sound: ${what}.`, downloadAgain);
