import { homedir } from 'node:os';
import { join } from 'node:path';

export interface StudioFolders {
  userDataFolder: string;
  projectsFolder: string;
}

/**
 * Where the studio keeps what belongs to the person. The same for window, browser and command
 * line, so that they share recent projects. `POCKETLENS_HOME` puts everything into one folder.
 */
export function studioFolders(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): StudioFolders {
  const own = environment['POCKETLENS_HOME'];
  if (own) return { userDataFolder: join(own, 'settings'), projectsFolder: join(own, 'projects') };
  return {
    userDataFolder: userDataFolder(environment, platform, home),
    projectsFolder: join(home, 'Pocketlens'),
  };
}

function userDataFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string {
  if (platform === 'darwin') {
    return join(home, 'Library', 'Application Support', 'Pocketlens Studio');
  }
  if (platform === 'win32') {
    return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Pocketlens Studio');
  }
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'pocketlens-studio');
}
