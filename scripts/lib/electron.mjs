import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, say } from './run.mjs';

const folder = join(root, 'node_modules', 'electron');
const attempt = join(root, 'node_modules', '.pocketlens-electron-attempt');
const dayMs = 24 * 60 * 60 * 1000;

/** Path of Electron's program, or undefined where it was not downloaded. */
export function electronProgram() {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : undefined;
}

/** Tries Electron's download, at most once a day where it fails: the studio runs without it. */
export function tryElectronDownload() {
  if (electronProgram() || !existsSync(folder)) return;
  if (existsSync(attempt) && Date.now() - statSync(attempt).mtimeMs < dayMs) return;
  say("Downloading Electron's program …");
  const installed = run(process.execPath, [join(folder, 'install.js')], {
    quiet: true,
    timeoutMs: 300_000,
  });
  if (installed && electronProgram()) return;
  writeFileSync(attempt, '');
  say('Electron could not be downloaded; the studio opens in your browser instead.');
}
