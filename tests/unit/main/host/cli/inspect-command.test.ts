import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCli } from '@main/host/cli/run-cli';
import { createTerminal } from '@main/host/cli/terminal';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { graphSummarySchema } from '@shared/domain/graph-summary';
import { describe, expect, it } from 'vitest';
import { createFakeStream } from '../../../../fakes/fake-command-line';
import { createFakeLogger } from '../../../../fakes/fake-logger';
import { smallClassifier } from '../../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

/** Runs the command with the program's own worker, and with no program behind it. */
async function inspect(...args: string[]) {
  const stdout = createFakeStream();
  const stderr = createFakeStream();
  const code = await runCli(['inspect', ...args], {
    terminal: createTerminal(stdout, stderr),
    environment: {
      kind: 'cli',
      appVersion: '1.2.3',
      resourcesFolder: 'resources',
      userDataFolder: 'settings',
      projectsFolder: 'projects',
      workerFile: resolve('tests/fixtures/worker/source-worker.mjs'),
      iphoneProcessFile: 'iphone-process.js',
      log: createFakeLogger(),
    },
    createApp: () => Promise.reject(new Error('It needs no project')),
    rendererFolder: 'no-renderer',
    openBrowser: () => Promise.resolve(),
    signal: new AbortController().signal,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function modelFile(): string {
  const file = join(temporaryFolder(), 'small.tflite');
  writeFileSync(file, writeTflite(smallClassifier()));
  return file;
}

describe('pocketlens inspect', () => {
  it('prints a table of the operators of a file', async () => {
    const { code, stdout } = await inspect(modelFile());
    expect(code).toBe(0);
    expect(stdout).toContain('DEPTHWISE_CONV_2D');
    expect(stdout).toContain('6 operators');
  });

  it('prints the summary as JSON, beside the name of the file', async () => {
    const file = modelFile();
    const { code, stdout } = await inspect(file, '--json');
    expect(code).toBe(0);
    const answer: unknown = JSON.parse(stdout);
    expect(answer).toMatchObject({ file });
    expect(graphSummarySchema.parse(answer).totals.multiplyAdds).toBe(13824 + 4608 + 32);
  });

  it('says of a file that is not there what to do', async () => {
    const { code, stdout, stderr } = await inspect('nowhere.tflite', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'model-unreadable' } });
    expect(stderr).toContain('nowhere.tflite');
  });
});
