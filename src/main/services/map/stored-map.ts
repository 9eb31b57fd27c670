import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { Database } from '../../platform/database/database';
import type { TaskOutput } from '../../workers/tasks';

/** The newest map, apart from where the photos lie on it. */
const storedMapSchema = z.object({
  layout: z.int().positive(),
  at: z.iso.datetime(),
  photos: z.int().nonnegative(),
  backbone: z.object({ name: z.string(), sha256: z.string() }),
  neighbors: z.enum(['exact', 'approximate']),
});
export type StoredMap = z.infer<typeof storedMapSchema>;

const recordKey = 'map.record';
/** Rows at a time: the window is not to be kept waiting. */
const pageSize = 5000;

export function readMap(database: Database): StoredMap | undefined {
  const row = database.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [
    recordKey,
  ]);
  return row && storedMapSchema.parse(JSON.parse(row.value));
}

/**
 * Stores a map. It counts from the moment that the record names it; until then the one before it
 * does, also when the program ends in between.
 */
export async function writeMap(
  database: Database,
  map: Omit<StoredMap, 'layout' | 'photos' | 'neighbors'>,
  { photoIds, positions, method }: TaskOutput<'lay-out-map'>,
): Promise<void> {
  const layout = (readMap(database)?.layout ?? 0) + 1;
  database.run('DELETE FROM photo_map WHERE layout = ?', [layout]);
  for (let start = 0; start < photoIds.length; start += pageSize) {
    const rows = Array.from(photoIds.subarray(start, start + pageSize), (photoId, i) => {
      const place = (start + i) * 2;
      return [photoId, positions[place], positions[place + 1]];
    });
    database.run(
      `INSERT INTO photo_map (layout, photo_id, x, y)
       SELECT ?, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`,
      [layout, JSON.stringify(rows)],
    );
    await nextTurn();
  }
  const record: StoredMap = { ...map, layout, photos: photoIds.length, neighbors: method };
  database.run('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', [
    recordKey,
    JSON.stringify(record),
  ]);
  database.run('DELETE FROM photo_map WHERE layout <> ?', [layout]);
}

/** All photos of a map, ascending by id, row after row as `read` takes them; in pages. */
export async function eachPhotoOf<Row extends { photoId: number }>(
  database: Database,
  layout: number,
  { columns, joins = '' }: { columns: string; joins?: string },
  read: (row: Row, index: number) => void,
): Promise<void> {
  let index = 0;
  for (let after = 0; ; ) {
    const page = database.all<Row>(
      `SELECT map.photo_id AS photoId, ${columns} FROM photo_map AS map ${joins}
       WHERE map.layout = ? AND map.photo_id > ? ORDER BY map.photo_id LIMIT ?`,
      [layout, after, pageSize],
    );
    for (const row of page) read(row, index++);
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.photoId;
    await nextTurn();
  }
}
