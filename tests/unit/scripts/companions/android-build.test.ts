import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { versionCode } from '../../../../scripts/companions/android/build-apk';
import { openSigningKey } from '../../../../scripts/companions/android/signing-key';
import { findTools } from '../../../../scripts/companions/android/tools';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

test('version codes grow with versions', () => {
  const versions = ['0.1.0', '0.1.1', '0.2.0', '1.0.0', '1.0.12', '2.0.0'];
  const codes = versions.map(versionCode);
  expect(codes).toEqual([...codes].sort((a, b) => a - b));
  expect(new Set(codes).size).toBe(versions.length);
});

test('a machine without any of the tools is told all that is missing', () => {
  const missing = findTools({ PATH: '' });
  expect(missing).toContainEqual(expect.stringContaining('Java development kit'));
  expect(missing).toContainEqual('Maven');
  expect(missing).toContainEqual(expect.stringContaining('aapt2'));
  expect(missing).toContainEqual('apksigner');
});

test('a signing key without its password is not silently made anew', async () => {
  const folder = join(temporaryFolder(), 'companion-key');
  await mkdir(folder);
  await writeFile(join(folder, 'companion.p12'), 'a key');
  await expect(openSigningKey(folder, 'keytool')).rejects.toThrow('its password is not');
});

test('a key that could not be made leaves none behind', async () => {
  const folder = join(temporaryFolder(), 'companion-key');
  const missing = join(folder, 'no-such-keytool');
  await expect(openSigningKey(folder, missing)).rejects.toThrow('failed');
  // The next try begins anew instead of taking half a key for one.
  await expect(openSigningKey(folder, missing)).rejects.toThrow('failed');
});

test('the library that is tested is that of the app', async () => {
  const android = join(import.meta.dirname, '../../../../companions/android');
  const versionsIn = async (folder: string) => {
    const pom = await readFile(join(android, folder, 'pom.xml'), 'utf8');
    const found = pom.matchAll(
      /<artifactId>(tensorflow-lite(?:-api)?)<\/artifactId>\s*<version>([^<]+)/g,
    );
    return [...found].map(([, name, version]) => `${name} ${version}`);
  };
  const versions = await versionsIn('app');
  expect(versions).toHaveLength(2);
  expect(await versionsIn('library-tests')).toEqual(versions);
});
