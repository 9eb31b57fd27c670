import { z } from 'zod';
import { watchedFolderSchema } from '../../../shared/api/watched-api';
import type { Database } from '../../platform/database/database';
import { readStored, writeStored } from '../../platform/database/stored-value';

const key = 'watched.folders';

const storedSchema = watchedFolderSchema
  .pick({ id: true, folder: true, lastImport: true })
  .extend({ paused: z.boolean() });
export type StoredWatch = z.infer<typeof storedSchema>;

/** Folders that are watched whenever the project is open. */
export function readWatches(database: Database): StoredWatch[] {
  return readStored(database, key, z.array(storedSchema)) ?? [];
}

export function writeWatches(database: Database, watches: readonly StoredWatch[]): void {
  writeStored(database, key, watches);
}
