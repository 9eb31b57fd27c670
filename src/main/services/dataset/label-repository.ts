import { AppError } from '../../../shared/api/errors';
import { type Label, type LabelId, nextLabelColor } from '../../../shared/domain/label';
import type { Database } from '../../platform/database/database';

const nextIdKey = 'dataset.nextLabelId';

type LabelRow = Omit<Label, 'hotKey'> & { hotKey: string | null };

const selectLabels = 'SELECT id, name, color, position, hot_key AS hotKey FROM labels';

/** The labels of a project, in their order. Writes only what it is told; edits go through history. */
export class LabelRepository {
  constructor(private readonly database: Database) {}

  all(): Label[] {
    return this.database.all<LabelRow>(`${selectLabels} ORDER BY position, id`).map(toLabel);
  }

  /** @throws AppError 'not-found'. */
  get(id: LabelId): Label {
    const label = this.find(id);
    if (!label) throw new AppError('not-found', 'There is no such label any more.');
    return label;
  }

  find(id: LabelId): Label | undefined {
    const row = this.database.get<LabelRow>(`${selectLabels} WHERE id = ?`, [id]);
    return row && toLabel(row);
  }

  /** By name, whatever its case, in any alphabet. */
  findByName(name: string): Label | undefined {
    const wanted = foldName(name);
    return this.all().find((label) => foldName(label.name) === wanted);
  }

  /** A label with the next id, color and position; not stored yet. */
  draft(name: string): Label {
    const labels = this.all();
    return {
      id: this.takeId(),
      name,
      color: nextLabelColor(labels.map((label) => label.color)),
      position: Math.max(-1, ...labels.map((label) => label.position)) + 1,
    };
  }

  /**
   * Stores a label under its id. A name that another label has taken meanwhile (an import may come
   * between undo and redo) gets a number.
   */
  put(label: Label): void {
    const others = new Set(
      this.all()
        .filter((other) => other.id !== label.id)
        .map((other) => foldName(other.name)),
    );
    let name = label.name;
    for (let number = 2; others.has(foldName(name)); number += 1) name = `${label.name} ${number}`;
    this.database.run(
      `INSERT INTO labels (id, name, color, position, hot_key) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET
         name = excluded.name, color = excluded.color, position = excluded.position,
         hot_key = excluded.hot_key`,
      [label.id, name, label.color, label.position, label.hotKey ?? null],
    );
  }

  /** Leaves a label alone that photos still carry. */
  removeUnused(id: LabelId): void {
    this.database.run(
      'DELETE FROM labels WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM photos WHERE label_id = ?1)',
      [id],
    );
  }

  /** Ids are never used twice: history may still name a label that is gone. */
  private takeId(): LabelId {
    const row = this.database.get<{ id: number }>(
      `SELECT max(
         coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE key = ?), 1),
         coalesce((SELECT max(id) + 1 FROM labels), 1)) AS id`,
      [nextIdKey],
    );
    const id = row?.id ?? 1;
    this.database.run('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', [
      nextIdKey,
      String(id + 1),
    ]);
    return id;
  }
}

function toLabel({ hotKey, ...label }: LabelRow): Label {
  return { ...label, ...(hotKey === null ? {} : { hotKey }) };
}

/** Equal for names that differ in case or Unicode composition only. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
