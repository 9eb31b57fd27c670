import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { removeFile } from './remove-file';

/** Files that unfinished fine-tunings go on from, in a folder beside the models. */
export interface Checkpoints {
  /** A name that a job keeps, before anything is written. Old files make room. */
  begin(): Promise<string>;
  file(name: string): string;
  remove(name: string): Promise<void>;
}

/** Trainings that were given up leave theirs behind: some 25 MB for two blocks. */
const kept = 3;

export function createCheckpoints(modelsFolder: string): Checkpoints {
  const folder = join(modelsFolder, 'unfinished');
  const file = (name: string) => join(folder, `${name}.checkpoint`);

  async function makeRoom(): Promise<void> {
    const files = readdirSync(folder)
      .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
      .sort((a, b) => b.at - a.at);
    for (const { path } of files.slice(kept)) await removeFile(path);
  }

  return {
    async begin() {
      mkdirSync(folder, { recursive: true });
      await makeRoom();
      return randomUUID();
    },
    file,
    remove: (name) => removeFile(file(name)),
  };
}
