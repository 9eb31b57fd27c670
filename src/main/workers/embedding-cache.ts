import { createHash } from 'node:crypto';
import type { FeatureSubspace } from '../engine/curation/feature-subspace';
import { projectionKey } from '../platform/cache-kinds';
import type { CacheStore } from '../platform/cache-store';

export interface StoredSubspace {
  subspace: FeatureSubspace;
  /** How many photos it was found from. */
  foundFrom: number;
  /** Equal subspaces, equal hash: coordinates are kept by it. */
  hash: string;
}

/**
 * Keeps the subspace of one space of features, and photos' coordinates in it. The subspace's bytes:
 * int32 photos, width and directions, then float32 mean and directions, all little-endian.
 */
export function createEmbeddingCache(store: CacheStore, space: string) {
  return {
    subspace(): StoredSubspace | undefined {
      const bytes = store.get('subspace', space);
      return bytes && decode(Uint8Array.from(bytes));
    },
    putSubspace(subspace: FeatureSubspace, foundFrom: number): StoredSubspace {
      const bytes = encode(subspace, foundFrom);
      store.put('subspace', space, bytes);
      return { subspace, foundFrom, hash: hashOf(bytes) };
    },
    get(sha256: string, hash: string): Float32Array | undefined {
      const bytes = store.get('projection', projectionKey(sha256, space, hash));
      // A copy, because the bytes may begin anywhere in a buffer of theirs.
      return bytes && new Float32Array(Uint8Array.from(bytes).buffer);
    },
    putAll(items: readonly { sha256: string; coordinates: Float32Array }[], hash: string): void {
      store.putAll(
        items.map(({ sha256, coordinates }) => ({
          kind: 'projection',
          key: projectionKey(sha256, space, hash),
          data: bytesOf(coordinates),
        })),
      );
    },
  };
}

function encode({ mean, directions }: FeatureSubspace, foundFrom: number): Uint8Array {
  const header = Int32Array.of(foundFrom, directions.width, directions.count);
  return Buffer.concat([bytesOf(header), bytesOf(mean), bytesOf(directions.data)]);
}

function decode(bytes: Uint8Array): StoredSubspace | undefined {
  if (bytes.byteLength < 12) return undefined;
  const [foundFrom = 0, width = 0, count = 0] = new Int32Array(bytes.buffer, 0, 3);
  if (bytes.byteLength !== 12 + 4 * width * (1 + count)) return undefined;
  const mean = new Float32Array(bytes.buffer, 12, width);
  const data = new Float32Array(bytes.buffer, 12 + 4 * width, width * count);
  return { subspace: { mean, directions: { count, width, data } }, foundFrom, hash: hashOf(bytes) };
}

const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 16);

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | Float32Array): Uint8Array =>
  Uint8Array.from(new Uint8Array(buffer, byteOffset, byteLength));
