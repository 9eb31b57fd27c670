import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where native libraries are kept that were fetched or built once for this machine: its cache,
 * outside of any checkout, or a folder of `POCKETLENS_HOME`.
 * @param kind what it is of; `version` decides what belongs together.
 */
export function machineCacheFolder(
  kind: string,
  version: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const leaf = join(kind, `${version}-${platform}-${process.arch}`);
  const own = environment['POCKETLENS_HOME'];
  if (own) return join(own, leaf);
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'Pocketlens Studio', leaf);
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
    return join(local, 'Pocketlens Studio', leaf);
  }
  return join(environment['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'pocketlens-studio', leaf);
}
