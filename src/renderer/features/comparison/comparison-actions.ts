import type { ActionSource } from '../../actions/action';
import { activeJob } from '../../stores/jobs-store';
import { canCompare, startComparison } from './start-comparison';

/** What can be done in Compare by key and palette. */
export const comparisonActions: ActionSource = (studio) => {
  const { jobs } = studio.stores;
  const running = () => activeJob(jobs.getState().jobs, 'compare');
  return [
    {
      id: 'comparison.run',
      titleKey: 'comparison.actions.run',
      keys: ['mod+Enter'],
      enabled: () => running() === undefined && canCompare(studio),
      run: () => startComparison(studio),
    },
    {
      id: 'comparison.cancel',
      titleKey: 'comparison.actions.cancel',
      keys: [],
      enabled: () => running() !== undefined,
      run: async () => {
        const job = running();
        if (job) await jobs.getState().cancel(job.id);
      },
    },
  ];
};
