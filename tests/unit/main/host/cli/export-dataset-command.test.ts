import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { started, studio } from '../../../../fakes/cli-studio';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';

it('export-dataset says what was written and what was not', async () => {
  const log = ['1 photo is not in the export:', 'a.jpg: The file is no longer there.'];
  const result = { path: '/out', photos: '7', leftOut: '1' };
  const asked: object[] = [];
  const app = studio({
    'jobs.list': () => ({ jobs: [createFakeJob({ state: 'done', result, log })] }),
    'datasetExport.start': (input) => {
      asked.push({ ...input, placeId: app.staging.place(input.placeId ?? '') });
      return started;
    },
  });
  const args = ['export-dataset', 'p', '--to', 'out'];
  const plain = await runFakeCli(app, args);
  expect(plain.stdout).toBe(`Exported 7 photos to /out.\n${log.join('\n')}\n`);
  const options = '--format coco --zip --no-split --version 3 --include-excluded --json'.split(' ');
  const json = await runFakeCli(app, [...args, ...options]);
  expect(json.json()).toEqual({ path: '/out', format: 'coco', photos: 7, leftOut: 1, log });
  const usual = { unlabeled: false, excluded: false, placeId: resolve('out') };
  expect(asked).toEqual([
    { ...usual, format: 'folder', splits: true, zip: false, scope: { kind: 'all' } },
    {
      ...usual,
      format: 'coco',
      splits: false,
      zip: true,
      scope: { kind: 'version', versionId: 'version-3' },
      excluded: true,
    },
  ]);
});
