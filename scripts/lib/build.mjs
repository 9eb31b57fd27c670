import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, run, say } from './run.mjs';

const sources = ['src', 'electron.vite.config.ts', 'companion.vite.config.ts', 'package-lock.json'];
const product = join(root, 'out', 'main', 'cli.js');

/** Builds the studio when it was never built or a source is newer than the build. */
export function ensureBuild() {
  if (existsSync(product) && newest(sources) <= statSync(product).mtimeMs) return;
  say('Building the studio …');
  if (!run('npm', ['run', '--silent', 'build'], { quiet: true })) {
    run('npm', ['run', 'build']);
    fail('The studio could not be built.', 'The messages above say where.');
  }
}

function newest(paths) {
  return Math.max(...paths.map((path) => newestIn(join(root, path))));
}

function newestIn(path) {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
