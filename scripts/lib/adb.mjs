import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run, say } from './run.mjs';

const hasAdb = () => spawnSync(process.env.ADB ?? 'adb', ['version']).status === 0;

/**
 * Installs adb, for the tests that talk to pretended Android phones, where this can be done unasked
 * (Debian or Ubuntu, as root). Elsewhere those tests are skipped, and say so.
 */
export function tryAdb() {
  if (hasAdb() || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  say('Installing adb for the tests with pretended Android phones …');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update'], { quiet: true, env });
  run('apt-get', ['install', '-y', '--no-install-recommends', 'adb'], { quiet: true, env });
  if (!hasAdb()) say('adb could not be installed: the tests that need it are skipped.');
}
