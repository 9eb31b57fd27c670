import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { studio } from '../../../../fakes/cli-studio';
import { runFakeCli } from '../../../../fakes/fake-command-line';

it('report writes what the program shows of the data set', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pocketlens-report-'));
  const media = {
    'dataset/report.html': {
      kind: 'bytes' as const,
      contentType: 'text/html',
      bytes: new TextEncoder().encode('<h1>Things</h1>'),
    },
  };
  const file = join(folder, 'deep', 'report.html');
  const run = await runFakeCli(studio({}, media), ['report', 'p', '--out', file, '--json']);
  expect(run.json()).toEqual({ file });
  expect(await readFile(file, 'utf8')).toBe('<h1>Things</h1>');
  await rm(folder, { recursive: true });
});
