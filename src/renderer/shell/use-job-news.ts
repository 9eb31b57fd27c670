import { AppError, fromShape } from '@shared/api/errors';
import { isFinished, type Job } from '@shared/domain/job';
import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../i18n/format';
import type { Studio } from '../stores/create-studio';
import { useStudio } from '../stores/use-studio';
import { attempt } from '../ui/attempt';
import { notifyDone, notifyError } from '../ui/notify';

/** Tells what a job came to when it ends while somebody watches. */
export function useJobNews(): void {
  const studio = useStudio();
  const { t } = useTranslation();
  useEffect(
    () =>
      studio.stores.jobs.subscribe(({ jobs }, { jobs: before }) => {
        for (const job of jobs) {
          const known = before.find(({ id }) => id === job.id);
          if (known && !isFinished(known) && isFinished(job))
            void attempt(() => tell(job, studio, t));
        }
      }),
    [studio, t],
  );
}

async function tell(job: Job, { client, stores }: Studio, t: TFunction): Promise<void> {
  if (job.state === 'failed') {
    return notifyError(job.error ? fromShape(job.error) : new AppError('internal', job.title));
  }
  const importId = job.result?.['importId'];
  if (job.state !== 'done' || importId === undefined) return;
  const { report } = await client.call('dataset.importReport', { importId });
  if (!report) return;
  const { added, problems } = report;
  notifyDone(
    [
      t('shell.news.added', { count: added, formatted: formatCount(added) }),
      problems.length > 0 &&
        t('shell.news.problems', {
          count: problems.length,
          formatted: formatCount(problems.length),
        }),
    ]
      .filter(Boolean)
      .join(' '),
    {
      label: t('shell.tray.report'),
      run: () => stores.view.getState().set({ place: 'photos', importReport: { importId } }),
    },
  );
}
