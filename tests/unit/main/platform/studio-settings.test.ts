import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStudioSettings } from '@main/platform/studio-settings';
import { expect, it } from 'vitest';
import { createFakeLogger } from '../../../fakes/fake-logger';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

it('what one program sets holds in the others at once, and is kept', async () => {
  const folder = temporaryFolder();
  const one = openStudioSettings(folder, createFakeLogger());
  const other = openStudioSettings(folder, createFakeLogger());
  expect(one.adb()).toBeUndefined();
  await one.setAdb('/opt/adb');
  expect(other.adb()).toBe('/opt/adb');
  await other.setAdb(undefined);
  expect(one.adb()).toBeUndefined();
});

it('settings of a newer studio stay, and a damaged file counts as none', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'settings.json');
  const settings = openStudioSettings(folder, createFakeLogger());
  writeFileSync(file, '{"adb": "/old/adb", "theme": "dark"}');
  await settings.setAdb('/new/adb');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ adb: '/new/adb', theme: 'dark' });
  writeFileSync(file, '{"adb": 7');
  expect(settings.adb()).toBeUndefined();
  await settings.setAdb('/new/adb');
  expect(settings.adb()).toBe('/new/adb');
});
