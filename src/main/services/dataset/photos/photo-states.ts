import type { Split } from '../../../../shared/domain/split';
import type { Database, SqlValue } from '../../../platform/database/database';
import { decodeIds, encodeIds } from '../edits/id-list';

/** The part of a photo's row that people edit, as it is stored. */
export interface PhotoState {
  labelId: number | null;
  split: Split | null;
  excluded: 0 | 1;
  /** JSON array of label names. */
  conflict: string | null;
}

/** Photos whose state went the same way. Only fields that changed are named. */
export interface PhotoChange {
  /** By `encodeIds`. */
  ids: string;
  before: Partial<PhotoState>;
  after: Partial<PhotoState>;
}

type StateRow = PhotoState & { id: number; sha256: string };

const columns = {
  labelId: 'label_id',
  split: 'split',
  excluded: 'excluded',
  conflict: 'conflict',
} as const satisfies Record<keyof PhotoState, string>;
const fields = Object.keys(columns) as (keyof PhotoState)[];

const selectStates = `
  SELECT id, sha256, label_id AS labelId, split, excluded, conflict FROM photos
  WHERE id IN (SELECT value FROM json_each(?))`;

/**
 * Changes photos by what `change` answers for each, and tells what changed, grouped. Ids that do
 * not exist are passed over.
 */
export function changePhotos(
  database: Database,
  ids: readonly number[],
  change: (state: StateRow) => Partial<PhotoState>,
): PhotoChange[] {
  const groups = new Map<string, Omit<PhotoChange, 'ids'> & { ids: number[] }>();
  for (const state of database.all<StateRow>(selectStates, [JSON.stringify(ids)])) {
    const [before, after] = difference(state, change(state));
    if (Object.keys(after).length === 0) continue;
    const key = JSON.stringify([before, after]);
    const group = groups.get(key) ?? { ids: [], before, after };
    groups.set(key, group);
    group.ids.push(state.id);
  }
  const changes = [...groups.values()].map((group) => ({ ...group, ids: encodeIds(group.ids) }));
  applyPhotoChanges(database, changes, 'after');
  return changes;
}

export function applyPhotoChanges(
  database: Database,
  changes: readonly PhotoChange[],
  to: 'before' | 'after',
): void {
  // Two changes of one patch may touch the same photo: undone, the last comes first.
  for (const change of to === 'after' ? changes : [...changes].reverse()) {
    const changed = fields.filter((field) => change[to][field] !== undefined);
    const assignments = changed.map((field) => `${columns[field]} = ?`).join(', ');
    const values = changed.map((field): SqlValue => change[to][field] ?? null);
    database.run(`UPDATE photos SET ${assignments} WHERE id IN (SELECT value FROM json_each(?))`, [
      ...values,
      JSON.stringify(decodeIds(change.ids)),
    ]);
  }
}

function difference(
  state: PhotoState,
  wanted: Partial<PhotoState>,
): [Partial<PhotoState>, Partial<PhotoState>] {
  const changed = fields.filter(
    (field) => wanted[field] !== undefined && wanted[field] !== state[field],
  );
  const pick = (source: Partial<PhotoState>) =>
    Object.fromEntries(changed.map((field) => [field, source[field]])) as Partial<PhotoState>;
  return [pick(state), pick(wanted)];
}
