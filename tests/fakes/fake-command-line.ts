import { runCli } from '@main/host/cli/run-cli';
import { createTerminal } from '@main/host/cli/terminal';
import type { TextStream } from '@main/host/text-stream';
import type { StudioApp } from '@main/app/studio-app';
import type { HostEnvironment } from '@main/platform/host-environment';
import { createFakeLogger } from './fake-logger';

export interface CliRun {
  code: number;
  stdout: string;
  stderr: string;
  /** stdout as one JSON value. */
  json(): Record<string, unknown>;
}

/** A stream that keeps what is written to it. */
export function createFakeStream(isTTY = false): TextStream & { text(): string } {
  const written: string[] = [];
  return {
    isTTY,
    columns: 60,
    write: (text) => void written.push(text),
    text: () => written.join(''),
  };
}

/** Runs one command line in this process over the given program. */
export async function runFakeCli(
  app: StudioApp,
  args: readonly string[],
  {
    signal = new AbortController().signal,
    openBrowser = () => Promise.resolve(),
    rendererFolder = 'no-renderer',
    environments = [],
  }: {
    signal?: AbortSignal;
    openBrowser?(url: string): Promise<void>;
    rendererFolder?: string;
    /** Gets the environment of each app that is made. */
    environments?: HostEnvironment[];
  } = {},
): Promise<CliRun> {
  const stdout = createFakeStream();
  const stderr = createFakeStream();
  const code = await runCli(args, {
    terminal: createTerminal(stdout, stderr),
    environment: {
      kind: 'cli',
      appVersion: '1.2.3',
      resourcesFolder: 'resources',
      userDataFolder: 'settings',
      projectsFolder: 'projects',
      workerFile: 'worker.js',
      iphoneProcessFile: 'iphone-process.js',
      log: createFakeLogger(),
    },
    createApp(environment) {
      environments.push(environment);
      return Promise.resolve(app);
    },
    rendererFolder,
    openBrowser,
    signal,
  });
  return {
    code,
    stdout: stdout.text(),
    stderr: stderr.text(),
    json: () => JSON.parse(stdout.text()) as Record<string, unknown>,
  };
}
