import type { CacheKind } from './cache-kinds';

/**
 * Bytes by kind and key, shared by the main thread and all workers (SQLite, WAL). Reads and
 * writes are synchronous and safe from several threads at once.
 */
export interface CacheStore {
  get(kind: CacheKind, key: string): Uint8Array | undefined;
  has(kind: CacheKind, key: string): boolean;
  put(kind: CacheKind, key: string, data: Uint8Array): void;
  /** Several puts in one transaction. */
  putAll(entries: readonly { kind: CacheKind; key: string; data: Uint8Array }[]): void;
  /** Those of `keys` that are not in the cache. */
  missing(kind: CacheKind, keys: readonly string[]): string[];
  close(): void;
}
