import { setImmediate as nextTurn } from 'node:timers/promises';
import { studioCamera } from '../../../../shared/domain/photo';
import type { Database } from '../../../platform/database/database';
import type { WorkerPool } from '../../../platform/worker-pool';

interface FactsRow {
  id: number;
  perceptual_hash: string;
  taken_at: string | null;
  camera: string | null;
  groupId: number | null;
}

/** Rows read or written at a time: the window is not to be kept waiting. */
const pageSize = 5000;

/**
 * Finds near duplicates and bursts by what an import knows of photos (hash, time, camera), joins them
 * to the groups that are known already, and stores them: photos of one group are dealt together. An
 * analysis, which also looks at features, replaces them.
 */
export async function findSplitGroups(
  database: Database,
  workers: WorkerPool,
  signal?: AbortSignal,
): Promise<void> {
  const facts = await readFacts(database);
  if (facts.photoIds.length < 2) return;
  const { photoIds } = facts;
  const { groups } = await workers.run('group-photos', facts, signal ? { signal } : {});
  const rows = [...groups.entries()].flatMap(([place, group]) =>
    group < 0 ? [] : [[photoIds[place] ?? 0, photoIds[group] ?? 0]],
  );
  for (let start = 0; start < rows.length; start += pageSize) {
    database.run(
      `INSERT INTO split_groups (photo_id, group_id)
       SELECT value ->> 0, value ->> 1 FROM json_each(?)
       WHERE value ->> 0 IN (SELECT id FROM photos)
       ON CONFLICT (photo_id) DO UPDATE SET group_id = excluded.group_id`,
      [JSON.stringify(rows.slice(start, start + pageSize))],
    );
    await nextTurn();
  }
}

async function readFacts(database: Database) {
  const rows: FactsRow[] = [];
  for (let after = 0; ; after = rows.at(-1)?.id ?? 0) {
    const page = database.all<FactsRow>(
      `SELECT id, perceptual_hash, taken_at, camera, group_id AS groupId
       FROM photos LEFT JOIN split_groups ON photo_id = photos.id
       WHERE id > ? ORDER BY id LIMIT ${pageSize}`,
      [after],
    );
    rows.push(...page);
    if (page.length < pageSize) break;
    await nextTurn();
  }
  const cameras = new Map<string, number>();
  const places = new Map(rows.map(({ id }, place) => [id, place]));
  return {
    photoIds: Uint32Array.from(rows, ({ id }) => id),
    hashes: rows.map((row) => row.perceptual_hash),
    takenAt: Float64Array.from(rows, ({ taken_at: at }) =>
      at === null ? Number.NaN : Date.parse(`${at}Z`) / 1000,
    ),
    camera: Int32Array.from(rows, ({ camera }) => {
      if (camera === null) return -1;
      const number = cameras.get(camera) ?? cameras.size;
      cameras.set(camera, number);
      return number;
    }),
    /** Place of a photo that it is known to stay with; -1 for none. */
    known: Int32Array.from(rows, ({ groupId }) =>
      groupId === null ? -1 : (places.get(groupId) ?? -1),
    ),
    studioCamera: cameras.get(studioCamera),
  };
}
