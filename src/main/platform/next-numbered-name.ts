import { readdir } from 'node:fs/promises';

/**
 * `export-3` where `export-1` and `export-2.zip` are in the folder: one more than the largest number
 * in use, so that a name is never given again while something still carries it.
 */
export async function nextNumberedName(folder: string, stem: string): Promise<string> {
  const pattern = new RegExp(`^${stem}-(\\d+)(?:\\.|$)`);
  const numbers = (await readdir(folder)).map((name) => Number(pattern.exec(name)?.[1] ?? 0));
  return `${stem}-${Math.max(0, ...numbers) + 1}`;
}
