// npm run companion:android: builds, signs and verifies the Android app, and compares its TensorFlow Lite with
// the studio's answers. Nothing of it is put into the clone but the finished file, which Git ignores.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { studioFolders } from '../../../src/main/host/studio-folders';
import packageJson from '../../../package.json' with { type: 'json' };
import { fail, root, say } from '../../lib/run.mjs';
import { buildApk } from './build-apk';
import { download } from './downloads';
import { compareLibrary, describeLibrary } from './phone-library/compare-library';
import { whyNoPhoneLibrary } from './phone-library/phone-library';
import { openSigningKey } from './signing-key';
import { findTools } from './tools';
import { verifyApk } from './verify-apk';

/** What is in the app besides Java can't run in it here, but beside it. */
async function tellOfLibrary(scratch: string): Promise<void> {
  const untested = whyNoPhoneLibrary();
  if (untested !== undefined) {
    say(`\nIts TensorFlow Lite was not compared with this computer’s answers. ${untested}`);
    return;
  }
  say('\nComparing its TensorFlow Lite with this computer’s answers (a minute or two) …');
  await mkdir(scratch);
  say(describeLibrary(await compareLibrary(folder, scratch)).join('\n  '));
}

const folder = join(root, 'companions', 'android');
const tools = findTools();
if (Array.isArray(tools)) {
  fail(
    `The Android app can’t be built here. Missing: ${tools.join('; ')}.`,
    'On Debian and Ubuntu: apt-get install default-jdk-headless maven aapt zipalign apksigner android-framework-res. Elsewhere: Java, Maven and an Android SDK, with ANDROID_HOME set.',
  );
} else {
  const scratch = await mkdtemp(join(tmpdir(), 'pocketlens-companion-'));
  try {
    const keyFolder = join(studioFolders().userDataFolder, 'companion-key');
    const key = await openSigningKey(keyFolder, tools.keytool);
    if (key.isNew) {
      say(`Made your signing key in ${keyFolder}. Keep it: without it phones take no update.`);
    }
    say('Downloading what is not there yet (once, about 220 MB) …');
    const downloads = download(tools.maven, join(folder, 'app'), scratch);
    const sources = { folder, license: join(root, 'LICENSE'), version: packageJson.version };
    const built = await buildApk({ ...sources, downloads }, tools, key, scratch, (step) =>
      say(`${step} …`),
    );
    const facts = verifyApk(built, tools);
    const finished = join(folder, 'build', 'pocketlens-companion.apk');
    await mkdir(join(folder, 'build'), { recursive: true });
    await copyFile(built, finished);
    const sha256 = createHash('sha256')
      .update(await readFile(finished))
      .digest('hex');
    say(`\n${finished}\n${[...facts, `SHA-256 ${sha256}`].map((fact) => `  ${fact}`).join('\n')}`);
    await tellOfLibrary(join(scratch, 'library-tests'));
  } catch (error) {
    fail(
      error instanceof Error ? error.message : String(error),
      'If a download failed, run it again with a network.',
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
