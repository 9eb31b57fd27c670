import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { systemCode } from './explain-disk-error';
import { saveFile } from './save-file';

export interface JsonFile<Value> {
  /** `fallback` when there is no file, or when it can't be understood. */
  read(): Value;
  /**
   * Whole or not at all.
   * @throws AppError 'not-writable', 'no-space'.
   */
  write(value: Value): Promise<void>;
}

/** A small file of the program's own. @param onDamaged told when it was there but not usable. */
export function openJsonFile<Value>(
  path: string,
  schema: z.ZodType<Value>,
  fallback: Value,
  onDamaged: (error: unknown) => void,
): JsonFile<Value> {
  return {
    read() {
      try {
        return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') onDamaged(error);
        return fallback;
      }
    },
    write: (value) => saveFile(path, Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`)),
  };
}
