import type { ActionSource } from '../../actions/action';
import { activeJob } from '../../stores/jobs-store';
import { chosenExport } from './chosen-export';

/** What can be done in Deploy by key and palette. */
export const deployActions: ActionSource = ({ stores }) => {
  const { deploy, jobs, models, phones } = stores;
  const ready = () =>
    (phones.getState().devices ?? []).filter(({ state }) => state === 'ready').map(({ id }) => id);
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
    {
      id: 'deploy.push',
      titleKey: 'phones.action',
      keys: ['mod+Shift+Enter'],
      enabled: () => model() !== undefined && ready().length > 0,
      run: async () => {
        const chosen = model();
        if (chosen) await phones.getState().push([chosen.id], ready());
      },
    },
  ];
};
