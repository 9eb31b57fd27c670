import { join } from 'node:path';
import { z } from 'zod';
import { type JsonFile, openJsonFile } from '../../platform/json-file';
import type { Logger } from '../../platform/logger';

const windowBoundsSchema = z
  .object({
    x: z.int(),
    y: z.int(),
    width: z.int().positive(),
    height: z.int().positive(),
  })
  .optional();
export type WindowBounds = NonNullable<z.infer<typeof windowBoundsSchema>>;

/** Where the window was left; undefined the first time. */
export function openWindowBounds(
  userDataFolder: string,
  log: Logger,
): JsonFile<WindowBounds | undefined> {
  return openJsonFile(join(userDataFolder, 'window.json'), windowBoundsSchema, undefined, (error) =>
    log.error('The window’s place could not be read', error),
  );
}
