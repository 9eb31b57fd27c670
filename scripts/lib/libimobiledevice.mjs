import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run, say } from './run.mjs';

const hasTools = () => spawnSync('idevice_id', ['--version']).status === 0;

/**
 * Installs libimobiledevice with its tools, for the tests that talk to a pretended iPhone, where this
 * can be done unasked (Debian or Ubuntu, as root). Elsewhere those tests are skipped.
 */
export function tryLibimobiledevice() {
  if (hasTools() || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  say('Installing libimobiledevice for the tests with a pretended iPhone …');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update'], { quiet: true, env });
  // Brings the library, whose package is called differently from release to release.
  const install = ['install', '-y', '--no-install-recommends', 'libimobiledevice-utils'];
  run('apt-get', install, { quiet: true, env });
  // Mounts the pretended iPhone in one test, which is skipped where it can't be had.
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'ifuse'], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  if (!hasTools()) say('It could not be installed: the tests that need it are skipped.');
}
