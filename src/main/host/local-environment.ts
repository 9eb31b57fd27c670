import { join } from 'node:path';
import { createFileLogger, joinLoggers } from '../platform/file-logger';
import type { HostEnvironment } from '../platform/host-environment';
import { createStderrLogger } from './stderr-logger';
import { studioFolders } from './studio-folders';

/**
 * What every host on this machine tells the program: folders, log. `built` turns a path
 * seen from the host's built entry, `out/main/`, into an absolute one.
 */
export function localEnvironment(
  kind: HostEnvironment['kind'],
  appVersion: string,
  built: (path: string) => string,
): HostEnvironment {
  const folders = studioFolders();
  return {
    kind,
    appVersion,
    ...folders,
    resourcesFolder: built('../../resources'),
    workerFile: built('./worker.js'),
    iphoneProcessFile: built('./iphone-process.js'),
    companionApk: built('../../companions/android/build/pocketlens-companion.apk'),
    companionPage: built('../companion'),
    log: joinLoggers(
      createFileLogger(join(folders.userDataFolder, 'studio.log')),
      createStderrLogger(process.stderr, process.env['POCKETLENS_LOG'] !== undefined),
    ),
  };
}
