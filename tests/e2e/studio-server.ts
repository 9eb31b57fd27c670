import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import { studioHome } from '../fixtures/studio-home';

/** The built command line. */
export const program = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));

export interface StudioServer {
  /** The link with the secret token. */
  link: string;
  /** A folder of the test's own, removed afterwards. */
  folder: string;
  /** Ends the server at once, as a crash would, and starts it again. */
  crashAndRestart(): Promise<void>;
}

/** How the studio is started. */
export interface StudioStart {
  /** Variables that it finds besides those of this process. */
  environment: Record<string, string>;
  /** The folder of a project that is open from the start. */
  project: string | undefined;
}

/** Every test gets the built studio behind its web host, with settings and projects of its own. */
export const test = base.extend<StudioStart & { studio: StudioServer }>({
  environment: [{}, { option: true }],
  project: [undefined, { option: true }],
  studio: async ({ environment, project }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'pocketlens-e2e-'));
    const begin = () => start(folder, { environment, project });
    let running = await begin();
    const studio: StudioServer = {
      link: running.link,
      folder,
      async crashAndRestart() {
        await end(running.process, 'SIGKILL');
        running = await begin();
        studio.link = running.link;
      },
    };
    await use(studio);
    await end(running.process, 'SIGTERM');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
});

async function start(
  folder: string,
  { environment, project }: StudioStart,
): Promise<{ process: ChildProcess; link: string }> {
  const opened = project === undefined ? [] : [project];
  const server = spawn(
    process.execPath,
    [program, 'serve', ...opened, '--no-open', '--port', '0'],
    {
      env: { ...studioHome(join(folder, 'home')), ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  return { process: server, link: await printedLink(server.stdout) };
}

function printedLink(output: Readable): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    output.on('data', (chunk) => {
      printed += String(chunk);
      const link = /http:\/\/127\.0\.0\.1:\d+\S+/.exec(printed)?.[0];
      if (link) resolve(link);
    });
    output.once('end', () => reject(new Error(`The studio printed no link: ${printed}`)));
  });
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await gone;
}
