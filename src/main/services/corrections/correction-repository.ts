import {
  type CorrectionId,
  type CorrectionRecord,
  correctionRecordSchema,
  type CorrectionState,
  correctionStates,
  dismissedKeptDays,
} from '../../../shared/domain/correction';
import type { Database } from '../../platform/database/database';

export interface StoredCorrection extends CorrectionRecord {
  id: CorrectionId;
  state: CorrectionState;
}

interface Row {
  id: number;
  state: CorrectionState;
  record: string;
}

const numberOf = (id: CorrectionId) => Number(id.slice('correction-'.length));
const idOf = (number: number): CorrectionId => `correction-${number}`;

/** Of those that are to be forgotten at once: long ago. */
const longAgo = new Date(0).toISOString();

/** Dismissed longer ago than the parameter: nobody can bring it back any more. */
const isOver = `(state = 'dismissed' AND coalesce(decided_at, '') < ?)`;

/** What came from phones, and what was decided about it. @param now the clock. */
export function createCorrectionRepository(database: Database, now: () => Date) {
  const overBefore = () =>
    new Date(now().getTime() - dismissedKeptDays * 24 * 60 * 60 * 1000).toISOString();
  const rowOf = (key: CorrectionKey) =>
    database.get<Row>(
      `SELECT id, state, record FROM corrections
       WHERE sha256 = ? AND device_id = ? AND said = ?`,
      [key.sha256, key.deviceId, key.said ?? ''],
    );

  function decide(ids: readonly CorrectionId[], state: CorrectionState, at: string | null): void {
    database.run(
      `UPDATE corrections SET state = ?, decided_at = ?
       WHERE id IN (SELECT value FROM json_each(?))`,
      [state, at, JSON.stringify(ids.map(numberOf))],
    );
  }

  return {
    find(key: CorrectionKey): StoredCorrection | undefined {
      const row = rowOf(key);
      return row && toStored(row);
    },
    /** With these ids, in their order; those that do not exist are left out. */
    byId(ids: readonly CorrectionId[]): StoredCorrection[] {
      const rows = database.all<Row>(
        `SELECT id, state, record FROM corrections
         WHERE id IN (SELECT value FROM json_each(?))`,
        [JSON.stringify(ids.map(numberOf))],
      );
      const found = new Map(rows.map((row) => [idOf(row.id), toStored(row)]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    /** The newest first. */
    list(state: CorrectionState, { offset, limit }: { offset: number; limit: number }) {
      const sql = `SELECT id, state, record FROM corrections WHERE state = ? AND NOT ${isOver}
        ORDER BY id DESC LIMIT ? OFFSET ?`;
      return database.all<Row>(sql, [state, overBefore(), limit, offset]).map(toStored);
    },
    counts(): Record<CorrectionState, number> {
      const rows = database.all<{ state: CorrectionState; count: number }>(
        `SELECT state, count(*) AS count FROM corrections WHERE NOT ${isOver} GROUP BY state`,
        [overBefore()],
      );
      const counts = new Map(rows.map(({ state, count }) => [state, count]));
      const [fresh, accepted, dismissed] = correctionStates.map((state) => counts.get(state) ?? 0);
      return { new: fresh ?? 0, accepted: accepted ?? 0, dismissed: dismissed ?? 0 };
    },
    /**
     * Adds one, or has it take the place of what the same device said about the same photo before,
     * while nobody has decided about that: a person changed their mind.
     */
    add(record: CorrectionRecord): CorrectionId {
      const { sha256, device, said = '' } = record;
      const text = JSON.stringify(record);
      return database.transaction(() => {
        const undecided = database.get<{ id: number }>(
          `SELECT id FROM corrections WHERE sha256 = ? AND device_id = ? AND state = 'new'`,
          [sha256, device.id],
        );
        if (undecided) {
          database.run('UPDATE corrections SET said = ?, record = ? WHERE id = ?', [
            said,
            text,
            undecided.id,
          ]);
          return idOf(undecided.id);
        }
        const row = database.get<{ id: number }>(
          `INSERT INTO corrections (state, sha256, device_id, said, record)
           VALUES ('new', ?, ?, ?, ?) RETURNING id`,
          [sha256, device.id, said, text],
        );
        return idOf(row?.id ?? 0);
      });
    },
    setState(ids: readonly CorrectionId[], state: CorrectionState): void {
      decide(ids, state, state === 'new' ? null : now().toISOString());
    },
    /** All that are dismissed are over as of now. @returns them. */
    endDismissed(): StoredCorrection[] {
      const rows = database.all<Row>(
        `SELECT id, state, record FROM corrections WHERE state = 'dismissed' AND NOT ${isOver}`,
        [overBefore()],
      );
      const ended = rows.map(toStored);
      decide(
        ended.map(({ id }) => id),
        'dismissed',
        longAgo,
      );
      return ended;
    },
    /**
     * Removes those that are over. @returns the hashes of their photos that no other correction is about.
     */
    removeOver(): string[] {
      return database.transaction(() => {
        const rows = database.all<{ sha256: string }>(
          `DELETE FROM corrections WHERE ${isOver} RETURNING sha256`,
          [overBefore()],
        );
        return [...new Set(rows.map(({ sha256 }) => sha256))].filter(
          (sha256) => !database.get('SELECT 1 FROM corrections WHERE sha256 = ?', [sha256]),
        );
      });
    },
  };
}

export interface CorrectionKey {
  sha256: string;
  deviceId: string;
  said?: string | undefined;
}

export type CorrectionRepository = ReturnType<typeof createCorrectionRepository>;

function toStored({ id, state, record }: Row): StoredCorrection {
  return { id: idOf(id), state, ...correctionRecordSchema.parse(JSON.parse(record)) };
}
