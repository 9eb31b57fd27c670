/** Values SQLite can store. Booleans are stored as 0 and 1 by whoever writes them. */
export type SqlValue = null | number | bigint | string | Uint8Array;
export type SqlParameters = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;

/** A thin, synchronous SQLite handle that keeps prepared statements. */
export interface Database {
  /** Runs one statement; positional `?` or named `:name` parameters. */
  run(sql: string, parameters?: SqlParameters): { changes: number; lastId: number };
  /** First row or undefined. The row type is the caller's word for the columns it selected. */
  get<Row>(sql: string, parameters?: SqlParameters): Row | undefined;
  all<Row>(sql: string, parameters?: SqlParameters): Row[];
  /** Several statements without parameters. */
  execute(sql: string): void;
  /** All or nothing; nested calls join the outer transaction. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}
