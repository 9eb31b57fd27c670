import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, run, say } from './run.mjs';

const stamp = join(root, 'node_modules', '.pocketlens-packages');

/** Installs the locked packages when they are missing or belong to another lock file. */
export function ensurePackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing packages (once, about a minute) …');
  const installed = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error']);
  if (!installed) {
    fail(
      'The packages could not be installed.',
      'Look at the message above: most often the npm registry is out of reach or the disk is full. Then run the same command again.',
    );
  }
  writeFileSync(stamp, wanted);
}
