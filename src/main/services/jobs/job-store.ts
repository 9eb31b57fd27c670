import {
  isFinished,
  type Job,
  type JobId,
  type JobKind,
  jobSchema,
} from '../../../shared/domain/job';
import type { Database } from '../../platform/database/database';

interface JobRow {
  id: JobId;
  kind: JobKind;
  parameters: string;
  record: string;
}

export interface StoredJob {
  job: Job;
  /** What it was started with. */
  parameters: unknown;
}

/** Finished jobs that stay on the list. */
const FINISHED_KEPT = 50;

/** The `jobs` table. */
export function createJobStore(database: Database) {
  const read = (row: JobRow): StoredJob => ({
    job: jobSchema.parse(JSON.parse(row.record)),
    parameters: JSON.parse(row.parameters),
  });

  const all = () =>
    database
      .all<JobRow>('SELECT * FROM jobs WHERE dismissed = 0 ORDER BY rowid DESC')
      .map((row) => read(row).job);

  const nextNumber = () =>
    database.get<{ next: number }>(
      'SELECT coalesce(max(CAST(substr(id, 5) AS INTEGER)), 0) + 1 AS next FROM jobs',
    )?.next ?? 1;

  return {
    nextId: (): JobId => `job-${nextNumber()}`,
    add(job: Job, parameters: unknown): void {
      database.run(
        'INSERT INTO jobs (id, kind, state, created_at, parameters, record) VALUES (?, ?, ?, ?, ?, ?)',
        [job.id, job.kind, job.state, job.createdAt, toJson(parameters), JSON.stringify(job)],
      );
    },
    save(job: Job): void {
      database.run('UPDATE jobs SET state = ?, record = ? WHERE id = ?', [
        job.state,
        JSON.stringify(job),
        job.id,
      ]);
    },
    find(id: JobId): StoredJob | undefined {
      const row = database.get<JobRow>('SELECT * FROM jobs WHERE id = ? AND dismissed = 0', [id]);
      return row && read(row);
    },
    dismiss(id: JobId): void {
      database.run('UPDATE jobs SET dismissed = 1 WHERE id = ?', [id]);
    },
    /** Unfinished ones and the newest finished ones, newest first. */
    list(): Job[] {
      let finished = 0;
      return all().filter((job) => !isFinished(job) || ++finished <= FINISHED_KEPT);
    },
    /** Those that a program that ended left queued or running. */
    unfinished: () => all().filter((job) => !isFinished(job)),
    /** Deletes what no list shows any more; the newest row stays, so that no id comes twice. */
    prune(): void {
      database.run(
        `DELETE FROM jobs WHERE state NOT IN ('queued', 'running')
           AND rowid < (SELECT max(rowid) FROM jobs)
           AND (dismissed = 1 OR rowid NOT IN (
             SELECT rowid FROM jobs
             WHERE dismissed = 0 AND state NOT IN ('queued', 'running')
             ORDER BY rowid DESC LIMIT ?))`,
        [FINISHED_KEPT],
      );
    },
  };
}

export type JobStore = ReturnType<typeof createJobStore>;

const toJson = (parameters: unknown) => JSON.stringify(parameters ?? null);
