import { join } from 'node:path';
import { z } from 'zod';
import { openJsonFile } from './json-file';
import type { Logger } from './logger';

const settingsSchema = z.looseObject({
  /** Absolute path of the adb that a person chose. */
  adb: z.string().min(1).optional(),
});

/** What a person set for the studio as a whole, whatever the project. */
export interface StudioSettings {
  /** The adb that was chosen; undefined: the studio looks for one. */
  adb(): string | undefined;
  /** @throws AppError 'not-writable', 'no-space'. */
  setAdb(path: string | undefined): Promise<void>;
}

/**
 * `settings.json` of the person, read anew each time: several programs share it, and what one of them
 * sets holds in the others at once. Settings of a newer studio are kept.
 */
export function openStudioSettings(userDataFolder: string, log: Logger): StudioSettings {
  const file = openJsonFile(join(userDataFolder, 'settings.json'), settingsSchema, {}, (error) =>
    log.warn(`The settings of the studio could not be read: ${String(error)}`),
  );
  return {
    adb: () => file.read().adb,
    setAdb: (adb) => file.write({ ...file.read(), adb }),
  };
}
