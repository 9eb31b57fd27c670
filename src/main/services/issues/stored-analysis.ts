import { z } from 'zod';
import { findingSchema } from '../../../shared/domain/issue';
import type { Database } from '../../platform/database/database';

/** The newest analysis, apart from the issues that it found. */
const storedAnalysisSchema = z.object({
  id: z.int().positive(),
  at: z.iso.datetime(),
  photos: z.int(),
  fingerprint: z.string(),
  findings: z.array(findingSchema),
});
export type StoredAnalysis = z.infer<typeof storedAnalysisSchema>;

/** The view `live_issues` reads it. */
const idKey = 'issues.analysis';
const recordKey = 'issues.record';

export function readAnalysis(database: Database): StoredAnalysis | undefined {
  const row = database.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [
    recordKey,
  ]);
  return row && storedAnalysisSchema.parse(JSON.parse(row.value));
}

/** Call it in a transaction: both rows or none. */
export function writeStoredAnalysis(database: Database, analysis: StoredAnalysis): void {
  const sql = 'INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)';
  database.run(sql, [idKey, String(analysis.id)]);
  database.run(sql, [recordKey, JSON.stringify(analysis)]);
}
