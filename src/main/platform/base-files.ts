import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { cannotWrite } from './explain-disk-error';
import { fileExists } from './file-exists';

/** The files of bases: `NAME.tflite` and its facts, `NAME.json`, in one folder. */
export interface BaseFiles {
  temporaryPath(): string;
  /**
   * Renames a temporary file to `NAME.tflite`, then writes the facts: a base without them is none.
   * @throws AppError 'not-writable', 'no-space'.
   */
  put(name: string, temporaryFile: string, facts: unknown): void;
  /** Moves its files to the trash. */
  discard(name: string): void;
  /** Removes what a program that was killed had begun, and models without facts. Returns their names. */
  sweep(): string[];
}

const temporarySuffix = '.part';

export function createBaseFiles(folder: string, trashFolder: string): BaseFiles {
  const place = (name: string) => join(folder, name);

  return {
    temporaryPath: () => place(`${randomUUID()}.tflite${temporarySuffix}`),
    put(name, temporaryFile, facts) {
      const json = place(`${name}.json`);
      try {
        renameSync(temporaryFile, place(`${name}.tflite`));
        writeFileSync(json + temporarySuffix, `${JSON.stringify(facts, undefined, 2)}\n`);
        renameSync(json + temporarySuffix, json);
      } catch (error) {
        throw cannotWrite(error, json);
      }
    },
    discard(name) {
      mkdirSync(trashFolder, { recursive: true });
      // The facts first: without them the rest is swept.
      for (const file of [`${name}.json`, `${name}.tflite`]) {
        if (fileExists(place(file))) renameSync(place(file), join(trashFolder, file));
      }
    },
    sweep() {
      mkdirSync(folder, { recursive: true });
      const names = new Set(readdirSync(folder));
      const swept = [...names].filter(
        (name) =>
          name.endsWith(temporarySuffix) ||
          (name.endsWith('.tflite') && !names.has(name.replace(/\.tflite$/, '.json'))),
      );
      for (const name of swept) rmSync(place(name), { force: true });
      return swept;
    },
  };
}
