import { app } from 'electron';
import type { StudioApp } from '../../app/studio-app';
import type { Logger } from '../../platform/logger';

/** Holds the end of the program until jobs are stopped and the project is closed. */
export function disposeOnQuit(studio: StudioApp, log: Logger): void {
  let state: 'running' | 'ending' | 'ended' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'ended') return;
    event.preventDefault();
    if (state === 'ending') return;
    state = 'ending';
    studio
      .dispose()
      .catch((error: unknown) => log.error('The studio did not end cleanly', error))
      .finally(() => {
        state = 'ended';
        app.quit();
      });
  });
}
