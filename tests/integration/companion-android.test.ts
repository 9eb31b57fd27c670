import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApk } from '../../scripts/companions/android/build-apk';
import { download, type Downloads } from '../../scripts/companions/android/downloads';
import { openSigningKey, type SigningKey } from '../../scripts/companions/android/signing-key';
import { runAppTests } from '../../scripts/companions/android/run-app-tests';
import { type BuildTools, findTools } from '../../scripts/companions/android/tools';
import { verifyApk } from '../../scripts/companions/android/verify-apk';
import { whyUntested } from '../../scripts/companions/core-tests.mjs';

const root = join(import.meta.dirname, '../..');
const android = join(root, 'companions', 'android');
const found = findTools();
const missing = Array.isArray(found) ? found : undefined;
if (missing) console.log(`The Android app is not built here. Missing: ${missing.join('; ')}.`);
const tools = found as BuildTools;

describe.skipIf(missing)('the Android app', () => {
  let folder: string;
  let key: SigningKey;
  let built: string | undefined;

  let downloads: Downloads;

  const build = async (name: string) => {
    const scratch = join(folder, name);
    await mkdir(scratch);
    const sources = { folder: android, license: join(root, 'LICENSE'), version: '0.1.0' };
    return buildApk({ ...sources, downloads }, tools, key, scratch, () => undefined);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pocketlens-test-'));
    key = await openSigningKey(join(folder, 'key'), tools.keytool);
    try {
      downloads = download(tools.maven, join(android, 'app'), folder);
    } catch (error) {
      const reason = whyUntested(String(error));
      if (reason === undefined) throw error;
      console.log(`The Android app is not built here. ${reason}`);
      return;
    }
    built = await build('first');
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is what phones ask for', (context) => {
    if (built === undefined) return context.skip();
    const facts = verifyApk(built, tools);
    expect(facts[0]).toMatch(/v2 and v3 with certificate [0-9a-f]{64}/);
  });

  test('works on Android 7 and 14 (Robolectric)', async (context) => {
    if (built === undefined) return context.skip();
    try {
      const companions = join(root, 'companions');
      expect(
        await runAppTests(companions, { apk: built, downloads }, tools, join(folder, 'first')),
      ).toMatch(/^OK/);
    } catch (error) {
      const reason = whyUntested(String(error));
      if (reason === undefined) throw error;
      console.log(`The Android app’s screen is not tested here. ${reason}`);
      context.skip();
    }
  }, 600_000);

  test('is the same byte for byte when it is built again with the same key', async (context) => {
    if (built === undefined) return context.skip();
    expect((await openSigningKey(join(folder, 'key'), tools.keytool)).isNew).toBe(false);
    const hashOf = async (file: string) =>
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
    expect(await hashOf(await build('second'))).toBe(await hashOf(built));
  });

  test('is refused once a byte of it is another', async (context) => {
    if (built === undefined) return context.skip();
    const bytes = await readFile(built);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    const changed = join(folder, 'changed.apk');
    await writeFile(changed, bytes);
    expect(() => verifyApk(changed, tools)).toThrow();
  });
});
