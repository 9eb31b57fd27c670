import { join } from 'node:path';
import { z } from 'zod';
import type { Logger } from '../../platform/logger';
import { readTextFile, saveFile } from '../../platform/save-file';

const windowBoundsSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
});
export type WindowBounds = z.infer<typeof windowBoundsSchema>;

export interface WindowBoundsFile {
  /** undefined the first time, and when the file makes no sense. */
  read(): Promise<WindowBounds | undefined>;
  write(bounds: WindowBounds): void;
}

export function openWindowBounds(userDataFolder: string, log: Logger): WindowBoundsFile {
  const path = join(userDataFolder, 'window.json');
  return {
    async read() {
      const text = await readTextFile(path);
      if (text === undefined) return undefined;
      try {
        return windowBoundsSchema.safeParse(JSON.parse(text)).data;
      } catch {
        return undefined;
      }
    },
    write(bounds) {
      saveFile(path, Buffer.from(JSON.stringify(bounds))).catch((error: unknown) =>
        log.error('The window’s place could not be kept', error),
      );
    },
  };
}
