import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import { studioHome } from '../fixtures/studio-home';

const program = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));

export interface StudioServer {
  /** The link with the secret token. */
  link: string;
  /** A folder of the test's own, removed afterwards. */
  folder: string;
  /** Ends the server at once, as a crash would, and starts it again. */
  crashAndRestart(): Promise<void>;
}

/** Every test gets the built studio behind its web host, with settings and projects of its own. */
export const test = base.extend<{ studio: StudioServer }>({
  // eslint-disable-next-line no-empty-pattern
  studio: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'pocketlens-e2e-'));
    let running = await start(folder);
    const studio: StudioServer = {
      link: running.link,
      folder,
      async crashAndRestart() {
        await end(running.process, 'SIGKILL');
        running = await start(folder);
        studio.link = running.link;
      },
    };
    await use(studio);
    await end(running.process, 'SIGTERM');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
});

async function start(folder: string): Promise<{ process: ChildProcess; link: string }> {
  const server = spawn(process.execPath, [program, 'serve', '--no-open', '--port', '0'], {
    env: studioHome(join(folder, 'home')),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
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
