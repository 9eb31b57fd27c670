import type { ActionSource } from '../../actions/action';
import { activeJob } from '../../stores/jobs-store';
import { startTraining } from './start-training';

/** What can be done in Train by key and palette. */
export const trainingActions: ActionSource = (studio) => {
  const { client, stores } = studio;
  const running = () => activeJob(stores.jobs.getState().jobs, 'train');
  return [
    {
      id: 'training.start',
      titleKey: 'training.actions.start',
      keys: ['mod+Enter'],
      enabled: () => running() === undefined,
      run: () => startTraining(studio, stores.training.getState().settings),
    },
    {
      id: 'training.stop',
      titleKey: 'training.actions.stop',
      keys: [],
      enabled: () => running() !== undefined,
      run: async () => {
        const job = running();
        if (job) await client.call('training.stopAndKeepBest', { jobId: job.id });
      },
    },
  ];
};
