import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import type { Database, SqlParameters } from './database';
import { explainSqliteError } from './sqlite-error';

const BUSY_TIMEOUT_MS = 5_000;
/** Statements with a list of placeholders differ by its length: the cache must not grow forever. */
const STATEMENT_LIMIT = 256;

/**
 * Opens or makes a database: WAL, foreign keys on. `synchronous` is FULL because a person's labels
 * can't be computed again: what was confirmed survives a power cut too.
 * @param file absolute path, or `:memory:`.
 * @param title what sentences call it, when that is not `file`.
 * @throws AppError 'project-damaged', 'not-writable', 'no-space', 'busy'; so do all its methods.
 */
export function openDatabase(file: string, title = file): Database {
  const explained = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw explainSqliteError(error, title);
    }
  };

  const connection = explained(() => openConnection(file));
  const statements = new Map<string, StatementSyncInstance>();
  let depth = 0;

  function prepare(sql: string): StatementSyncInstance {
    const known = statements.get(sql);
    if (known) {
      // Moved to the end, so that the first entry is the one unused for longest.
      statements.delete(sql);
      statements.set(sql, known);
      return known;
    }
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    if (statements.size > STATEMENT_LIMIT) {
      const [oldest] = statements.keys();
      if (oldest !== undefined) statements.delete(oldest);
    }
    return statement;
  }

  return {
    run(sql, parameters) {
      return explained(() => {
        const { changes, lastInsertRowid } = prepare(sql).run(...bind(parameters));
        return { changes, lastId: Number(lastInsertRowid) };
      });
    },
    get<Row>(sql: string, parameters?: SqlParameters) {
      return explained(() => prepare(sql).get(...bind(parameters)) as Row | undefined);
    },
    all<Row>(sql: string, parameters?: SqlParameters) {
      return explained(() => prepare(sql).all(...bind(parameters)) as Row[]);
    },
    execute(sql) {
      explained(() => connection.exec(sql));
    },
    transaction(work) {
      const outermost = depth === 0;
      const savepoint = `level${depth}`;
      explained(() => connection.exec(outermost ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${savepoint}`));
      depth += 1;
      try {
        const result = work();
        if (result instanceof Promise) throw new TypeError('A transaction can not wait');
        explained(() => connection.exec(outermost ? 'COMMIT' : `RELEASE ${savepoint}`));
        return result;
      } catch (error) {
        // SQLite may have rolled back by itself (disk full, out of memory).
        if (connection.isTransaction) {
          connection.exec(
            outermost ? 'ROLLBACK' : `ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`,
          );
        }
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close() {
      if (!connection.isOpen) return;
      statements.clear();
      explained(() => {
        // SQLite would do this at closing, but the binding frees statements only when they are
        // garbage collected, and until then the connection lives on.
        connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        connection.close();
      });
    },
  };
}

function openConnection(file: string) {
  const connection = new DatabaseSync(file, {
    enableForeignKeyConstraints: true,
    timeout: BUSY_TIMEOUT_MS,
  });
  try {
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function bind(parameters: SqlParameters | undefined): readonly unknown[] {
  if (parameters === undefined) return [];
  return isList(parameters) ? parameters : [parameters];
}

function isList(
  parameters: SqlParameters,
): parameters is Extract<SqlParameters, readonly unknown[]> {
  return Array.isArray(parameters);
}
