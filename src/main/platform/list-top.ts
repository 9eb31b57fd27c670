import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isHiddenName } from '../../shared/domain/photo-names';

export interface Top {
  kind: 'file' | 'folder' | 'gone';
  /** Names at the top of a folder, in order; links are followed, hidden ones left out. */
  files: string[];
  folders: string[];
}

/** What a path is and, of a folder, what lies right in it. Never fails: what can't be read is gone. */
export async function listTop(path: string): Promise<Top> {
  const top: Top = { kind: 'gone', files: [], folders: [] };
  const stats = await stat(path).catch(() => undefined);
  if (!stats) return top;
  if (!stats.isDirectory()) return { ...top, kind: 'file' };
  const names = await readdir(path).catch(() => []);
  for (const name of names.filter((each) => !isHiddenName(each)).sort()) {
    const inside = await stat(join(path, name)).catch(() => undefined);
    if (inside?.isDirectory()) top.folders.push(name);
    else if (inside?.isFile()) top.files.push(name);
  }
  return { ...top, kind: 'folder' };
}
