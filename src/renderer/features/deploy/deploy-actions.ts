import type { ActionSource } from '../../actions/action';
import { activeJob } from '../../stores/jobs-store';
import { chosenExport } from './chosen-export';

/** What can be done in Deploy by key and palette. */
export const deployActions: ActionSource = ({ stores }) => {
  const { deploy, jobs, models } = stores;
  const model = () => chosenExport(deploy.getState().selectedId, models.getState().models ?? []);
  return [
    {
      id: 'deploy.export',
      titleKey: 'deploy.actions.export',
      keys: ['mod+Enter'],
      enabled: () =>
        model() !== undefined && activeJob(jobs.getState().jobs, 'export') === undefined,
      run: async () => {
        const chosen = model();
        if (chosen) await deploy.getState().exportModel(chosen.id);
      },
    },
  ];
};
