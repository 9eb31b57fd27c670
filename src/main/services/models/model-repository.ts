import { AppError } from '../../../shared/api/errors';
import { type Model, type ModelId, modelSchema } from '../../../shared/domain/model';
import type { Database } from '../../platform/database/database';

/** Rows of the table `models`. Removed models keep theirs, so that no id is given twice. */
export interface ModelRepository {
  /** Newest first, removed ones left out. */
  list(): Model[];
  /** @throws AppError 'not-found'. */
  get(id: ModelId): Model;
  has(id: string): boolean;
  /** The highest number of any model there ever was, 0 for none. */
  lastNumber(): number;
  insert(model: Model): void;
  update(model: Model): void;
  markRemoved(id: ModelId): void;
}

interface Row {
  record: string;
}

const parse = ({ record }: Row): Model => modelSchema.parse(JSON.parse(record));

export function createModelRepository(database: Database): ModelRepository {
  const find = (id: string) =>
    database.get<Row>('SELECT record FROM models WHERE id = ? AND removed = 0', [id]);

  return {
    list: () =>
      database
        .all<Row>('SELECT record FROM models WHERE removed = 0 ORDER BY rowid DESC')
        .map(parse),
    get(id) {
      const row = find(id);
      if (row) return parse(row);
      throw new AppError(
        'not-found',
        `There is no ${id} in this project.`,
        'Choose one from the list of models.',
      );
    },
    has: (id) => find(id) !== undefined,
    lastNumber() {
      const row = database.get<{ last: number | null }>(
        "SELECT MAX(CAST(substr(id, length('model-') + 1) AS INTEGER)) AS last FROM models",
      );
      return row?.last ?? 0;
    },
    insert(model) {
      database.run('INSERT INTO models (id, created_at, parent_id, record) VALUES (?, ?, ?, ?)', [
        model.id,
        model.createdAt,
        model.parentId ?? null,
        JSON.stringify(model),
      ]);
    },
    update(model) {
      database.run('UPDATE models SET record = ? WHERE id = ?', [JSON.stringify(model), model.id]);
    },
    markRemoved(id) {
      database.run('UPDATE models SET removed = 1 WHERE id = ?', [id]);
    },
  };
}
