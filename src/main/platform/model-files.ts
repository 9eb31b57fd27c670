import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cannotWrite } from './explain-disk-error';

/** The files of models: `model-N.tflite`, `model-N.labels.txt` and `model-N.json` in one folder. */
export interface ModelFiles {
  path(id: string): string;
  exists(id: string): boolean;
  /** Where a model is written before it counts. */
  temporaryPath(id: string): string;
  /**
   * Puts a model in its place: first the texts beside it, then, by renaming its temporary file,
   * the model itself.
   * @throws AppError 'not-writable', 'no-space'.
   */
  put(id: string, texts: { labels: string; contract: string }): void;
  /** Moves a model's files to the trash; those that are not there are passed over. */
  discard(id: string): void;
  /**
   * Clears up after a program that was killed: half-written files are removed, files of models
   * that `isKept` does not know go to the trash. Returns their names.
   */
  sweep(isKept: (id: string) => boolean): string[];
}

const temporarySuffix = '.part';
const suffixes = { model: '.tflite', labels: '.labels.txt', contract: '.json' } as const;
const filePattern = /^(model-\d+)\.(tflite|labels\.txt|json)$/;

export function createModelFiles(folder: string, trashFolder: string): ModelFiles {
  const place = (id: string, suffix: string) => join(folder, `${id}${suffix}`);

  function writeWhole(path: string, text: string): void {
    writeFileSync(`${path}${temporarySuffix}`, text);
    renameSync(`${path}${temporarySuffix}`, path);
  }

  function moveToTrash(name: string): void {
    mkdirSync(trashFolder, { recursive: true });
    renameSync(join(folder, name), join(trashFolder, name));
  }

  return {
    path: (id) => place(id, suffixes.model),
    exists: (id) => existsSync(place(id, suffixes.model)),
    temporaryPath: (id) => place(id, suffixes.model + temporarySuffix),
    put(id, { labels, contract }) {
      try {
        writeWhole(place(id, suffixes.labels), labels);
        writeWhole(place(id, suffixes.contract), contract);
        renameSync(place(id, suffixes.model + temporarySuffix), place(id, suffixes.model));
      } catch (error) {
        throw cannotWrite(error, place(id, suffixes.model));
      }
    },
    discard(id) {
      for (const suffix of Object.values(suffixes)) {
        if (existsSync(place(id, suffix))) moveToTrash(`${id}${suffix}`);
      }
    },
    sweep(isKept) {
      mkdirSync(folder, { recursive: true });
      const swept: string[] = [];
      for (const name of readdirSync(folder)) {
        const id = filePattern.exec(name)?.[1];
        if (name.endsWith(temporarySuffix)) rmSync(join(folder, name), { force: true });
        else if (id !== undefined && !isKept(id)) moveToTrash(name);
        else continue;
        swept.push(name);
      }
      return swept;
    },
  };
}
