import { PickleGlobal, type PickleRules, readPickle } from './read-pickle';

/** Row-major float32 values of one parameter. */
export interface TorchTensor {
  shape: number[];
  values: Float32Array;
}

/** First pickle of a checkpoint from before PyTorch 1.6 (torch/serialization.py, MAGIC_NUMBER). */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

/** Bytes of an element by storage class. */
const elementBytes: Readonly<Record<string, number>> = {
  'torch FloatStorage': 4,
  'torch LongStorage': 8,
};

interface Storage {
  key: string;
  type: string;
}

/** A view of a storage; offset and strides count elements. */
interface TensorView {
  storage: Storage;
  offset: number;
  shape: number[];
  strides: number[];
}

const rules: PickleRules = {
  calls: {
    'collections OrderedDict': () => new Map(),
    'torch._utils _rebuild_tensor_v2': ([storage, offset, shape, strides]) => ({
      storage,
      offset,
      shape,
      strides,
    }),
  },
  // ('storage', class, key, device, elements, view)
  persistent(id) {
    const [kind, type, key] = Array.isArray(id) ? (id as unknown[]) : [];
    if (kind !== 'storage' || !(type instanceof PickleGlobal) || typeof key !== 'string') {
      throw new Error('The checkpoint refers to something that is no storage');
    }
    return { key, type: type.name } satisfies Storage;
  },
};

/**
 * Reads a state dictionary saved by PyTorch before 1.6: five pickles (magic number, protocol,
 * system, dictionary, storage keys), then each storage as an element count and raw values.
 * Integer tensors (counters of batch normalization) are left out.
 */
export function readTorchCheckpoint(bytes: Uint8Array): Map<string, TorchTensor> {
  let position = 0;
  const next = (): unknown => {
    const { value, end } = readPickle(bytes, position, rules);
    position = end;
    return value;
  };
  if (next() !== MAGIC) throw new Error('The file is no PyTorch checkpoint of the old format');
  if (next() !== PROTOCOL) throw new Error('The checkpoint is of an unknown protocol');
  const system = next();
  if (!(system instanceof Map) || system.get('little_endian') !== true) {
    throw new Error('The checkpoint is not little-endian');
  }
  const entries = next();
  const keys = next();
  if (!(entries instanceof Map) || !Array.isArray(keys)) {
    throw new Error('The checkpoint holds no state dictionary');
  }
  const tensors = new Map<string, TensorView>(entries);
  const storages = readStorages(bytes, position, keys, typesOf(tensors.values()));
  return new Map(
    [...tensors].flatMap(([name, tensor]) => {
      const storage = storages.get(tensor.storage.key);
      return storage ? [[name, { shape: tensor.shape, values: gather(tensor, storage) }]] : [];
    }),
  );
}

const typesOf = (tensors: Iterable<TensorView>): Map<string, string> =>
  new Map(Array.from(tensors, ({ storage }) => [storage.key, storage.type]));

/** Float storages by key. */
function readStorages(
  bytes: Uint8Array,
  start: number,
  keys: readonly string[],
  types: ReadonlyMap<string, string>,
): Map<string, Float32Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const storages = new Map<string, Float32Array>();
  let position = start;
  for (const key of keys) {
    const type = types.get(key) ?? '';
    const size = elementBytes[type];
    if (size === undefined) throw new Error(`The checkpoint holds a storage of type "${type}"`);
    const length = Number(view.getBigInt64(position, true)) * size;
    const data = bytes.slice(position + 8, position + 8 + length);
    if (size === 4) storages.set(key, new Float32Array(data.buffer));
    position += 8 + length;
  }
  if (position !== bytes.length) throw new Error('The checkpoint does not end with its storages');
  return storages;
}

/** Saved kernels are transposed views: the strides say where each value lies. */
function gather({ offset, shape, strides }: TensorView, storage: Float32Array): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const index = shape.map(() => 0);
  let source = offset;
  for (let i = 0; i < values.length; i++) {
    values[i] = storage[source] ?? Number.NaN;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      source += stride;
      if (next < (shape[axis] ?? 1)) {
        index[axis] = next;
        break;
      }
      source -= next * stride;
      index[axis] = 0;
    }
  }
  return values;
}
