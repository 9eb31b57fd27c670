import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { doneJob, started, studio } from '../../../../fakes/cli-studio';
import { runFakeCli } from '../../../../fakes/fake-command-line';

it('export stages its folder', async () => {
  const app = studio({
    ...doneJob({ exportId: 'export-1' }),
    'deploy.exportModel': ({ placeId }) => {
      expect(app.staging.place(placeId ?? '')).toBe(resolve('out'));
      return started;
    },
  });
  const run = await runFakeCli(app, ['export', 'p', '--model', 'model-2', '--to', 'out', '--json']);
  expect(run.json()).toEqual({ modelId: 'model-2', folder: resolve('out'), exportId: 'export-1' });
});
