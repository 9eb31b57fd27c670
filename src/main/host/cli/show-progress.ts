import type { Job } from '../../../shared/domain/job';
import { formatDuration } from './format';
import type { Terminal } from './terminal';

const barWidth = 24;

/** Shows a job's progress; a milestone is a new step or another quarter done. */
export function showProgress(terminal: Terminal): (job: Job) => void {
  return (job) => {
    if (job.state !== 'running') return;
    const { done, total } = job;
    const share = total ? Math.min(1, done / total) : undefined;
    const parts = [job.title];
    if (job.step) parts.push(job.step);
    if (share !== undefined) {
      const filled = Math.round(share * barWidth);
      parts.push(`${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${done}/${total}`);
    }
    if (job.remainingMs !== undefined && share !== 1) {
      parts.push(`${formatDuration(job.remainingMs)} left`);
    }
    const quarter = share === undefined ? '' : Math.floor(share * 4);
    terminal.progress(parts.join(' · '), `${job.id} ${job.step ?? ''} ${quarter}`);
  };
}
