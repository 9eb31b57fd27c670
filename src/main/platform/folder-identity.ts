import { stat } from 'node:fs/promises';

/** Tells a folder from another one that has come in its place; undefined where there is none. */
export async function folderIdentity(path: string): Promise<string | undefined> {
  const facts = await stat(path, { bigint: true }).catch(() => undefined);
  return facts?.isDirectory() ? `${facts.dev}:${facts.ino}` : undefined;
}
