import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail, run, say } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env.PROGRAMFILES ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
  join(process.env.LOCALAPPDATA ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
];

/** A Chromium for the end-to-end tests: `POCKETLENS_CHROMIUM`, then PATH, then usual places. */
export function findChromium() {
  const inPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env.POCKETLENS_CHROMIUM, ...inPath, ...places].find(
    (path) => path && existsSync(path),
  );
}

/** Installs Chromium where this can be done unasked (Debian or Ubuntu, as root); else says how. */
export function ensureChromium() {
  if (findChromium()) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Installing Chromium for the end-to-end tests …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-core'];
    run('apt-get', ['update'], { quiet: true, env });
    run('apt-get', install, { quiet: true, env });
    if (findChromium()) return;
  }
  fail(
    'The end-to-end tests need Chromium or Google Chrome, and none was found.',
    'Install one (Debian and Ubuntu: "sudo apt-get install chromium"; macOS: "brew install --cask google-chrome"; Windows: google.com/chrome), or name its program in POCKETLENS_CHROMIUM. Then run the same command again.',
  );
}
