import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { SqlValue } from './database';

// The binding types rows as `any`: the row type is the caller's word for the columns it selected.

export function firstRow<Row>(
  statement: StatementSyncInstance,
  ...parameters: SqlValue[]
): Row | undefined {
  return statement.get(...parameters) as Row | undefined;
}

export function allRows<Row>(statement: StatementSyncInstance, ...parameters: SqlValue[]): Row[] {
  return statement.all(...parameters) as Row[];
}

/** 0 in a database that nobody has given a version yet. */
export function readUserVersion(connection: DatabaseSyncInstance): number {
  const row = firstRow<{ user_version: number }>(connection.prepare('PRAGMA user_version'));
  return row?.user_version ?? 0;
}
