import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The model files among paths, and right in folders among them (an upload is one). */
export async function walkModelFiles(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch(() => undefined);
    if (facts?.isDirectory()) {
      const names = (await readdir(path)).filter(isModelName).sort();
      found.push(...names.map((name) => join(path, name)));
    } else if (facts && isModelName(path)) found.push(path);
  }
  return found;
}

const isModelName = (name: string): boolean => /\.(tflite|lite)$/i.test(name);
