import type { Job } from '@shared/domain/job';
import type { TFunction } from 'i18next';
import { formatCount, formatDuration } from '../i18n/format';

/** "Computing features · 120 of 280 · 8 s left", with what is known of it. */
export function progressText(job: Job, t: TFunction): string {
  const isRunning = job.state === 'running';
  return [
    isRunning ? job.step : t(`shell.tray.state.${job.state}`),
    isRunning && job.total !== undefined
      ? t('shell.tray.doneOfTotal', {
          done: formatCount(Math.floor(job.done)),
          total: formatCount(job.total),
        })
      : undefined,
    isRunning && job.remainingMs !== undefined
      ? t('shell.tray.left', { duration: formatDuration(job.remainingMs) })
      : undefined,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}
