// Everything a fresh machine needs before the studio runs, with nothing but Node: packages, the
// build, Electron's program and LiteRT's native library where they can be had and, with --for-tests, a
// Chromium and, where they can be had, adb and libimobiledevice.
import { fail } from './lib/run.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { ensureBuild } from './lib/build.mjs';
import { tryElectronDownload } from './lib/electron.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { tryAdb } from './lib/adb.mjs';
import { tryLibimobiledevice } from './lib/libimobiledevice.mjs';
import { tryNativeRuntime } from './lib/litert-native.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `Pocketlens Studio needs Node 20.19 or newer; this is ${process.versions.node}.`,
    'Install a current Node from nodejs.org and run the same command again.',
  );
}

const forTests = process.argv.includes('--for-tests');
ensurePackages();
if (forTests) {
  ensureChromium();
  tryAdb();
  tryLibimobiledevice();
} else tryElectronDownload();
tryNativeRuntime();
ensureBuild();
