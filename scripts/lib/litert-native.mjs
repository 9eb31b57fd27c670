import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const attempt = join(root, 'node_modules', '.pocketlens-litert-attempt');
const dayMs = 24 * 60 * 60 * 1000;

/** Tries to get LiteRT's native library, at most once a day: the studio runs without it. */
export function tryNativeRuntime() {
  if (existsSync(attempt) && Date.now() - statSync(attempt).mtimeMs < dayMs) return;
  writeFileSync(attempt, '');
  const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const script = join(root, 'scripts', 'litert-native.ts');
  run(process.execPath, [tsx, script, '--if-easy'], { timeoutMs: 60_000 });
}
