import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface JsonFile {
  /** Absolute. */
  path: string;
  /** undefined when the file can't be read or is no JSON. */
  value: unknown;
}

/** The `.json` files of a folder, by name; none when there is no folder. */
export function readJsonFiles(folder: string): JsonFile[] {
  return listFolder(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      return { path, value: readJson(path) };
    });
}

/** Bytes of a file; undefined when there is none. */
export function fileSize(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
