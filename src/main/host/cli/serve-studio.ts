import { AppError } from '../../../shared/api/errors';
import type { StudioApp } from '../../app/studio-app';
import { startWebHost, type WebHost } from '../web/start-web-host';
import type { CommandLine } from './command-runner';
import { untilInterrupted } from './until-interrupted';

/** Tried first, so that the browser finds its settings of this address again. */
const usualPort = 4747;

/** Serves the studio until Ctrl+C. `announce` gets the link as soon as it works. */
export async function serveStudio(
  line: CommandLine,
  app: StudioApp,
  { port, open }: { port?: number; open: boolean },
  announce: (url: string) => void,
): Promise<void> {
  const host = await start(line, app, port);
  try {
    announce(host.url);
    if (open) {
      await line.openBrowser(host.url).catch(() => {
        line.terminal.note('No browser could be opened — open the link yourself.');
      });
    }
    await untilInterrupted(line.signal);
  } finally {
    await host.close();
  }
}

async function start(
  { rendererFolder, environment: { log } }: CommandLine,
  app: StudioApp,
  port: number | undefined,
): Promise<WebHost> {
  const options = { app, rendererFolder, log };
  if (port !== undefined) return startWebHost({ ...options, port });
  try {
    return await startWebHost({ ...options, port: usualPort });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'busy') throw error;
    return startWebHost({ ...options, port: 0 });
  }
}
