import type { StudioClient } from '../../../shared/api/contract';
import type { ImportReport } from '../../../shared/api/dataset-api';
import { AppError } from '../../../shared/api/errors';
import type { Job } from '../../../shared/domain/job';
import type { Answer } from './command-runner';
import { count } from './format';

/** What a finished import came to, and what the project holds since. */
export async function importAnswer(client: StudioClient, job: Job): Promise<Answer> {
  const { report } = await client.call('dataset.importReport', {
    importId: job.result?.['importId'],
  });
  if (!report) throw new AppError('internal', 'The import left no report.');
  const summary = await client.call('dataset.summary', {});
  return {
    json: {
      ...report,
      total: summary.total,
      labels: summary.labels.map(({ name, count: photos }) => ({ name, photos })),
    },
    text: describe(report),
  };
}

function describe(report: ImportReport): string {
  const lines = [`${count(report.added, 'photo')} added.`];
  if (report.known > 0) lines.push(`${count(report.known, 'file')} already in the project.`);
  if (report.ignored > 0) lines.push(`${count(report.ignored, 'other file')} passed over.`);
  if (report.conflicts > 0) {
    lines.push(
      `${count(report.conflicts, 'photo')} came under a second label: settle it with "pocketlens label".`,
    );
  }
  if (report.problems.length > 0) {
    lines.push(
      `${count(report.problems.length, 'file')} left out:`,
      ...report.problems.map(({ path, message }) => `  ${path}: ${message}`),
    );
  }
  return lines.join('\n');
}
