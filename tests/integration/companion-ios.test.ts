import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { isSwift } from '../../scripts/companions/swift-core-tests.mjs';
import { companionApp } from '../../src/shared/domain/companion-protocol';

const folder = join(import.meta.dirname, '../../companions/ios');
const version = spawnSync('swift', ['--version'], { encoding: 'utf8' });
const hasSwift = isSwift(version.stdout);
if (!hasSwift) console.log('The iPhone app’s sources are not parsed here. Swift was not found.');

const swiftFiles = async (path: string) =>
  (await readdir(join(folder, path), { recursive: true }))
    .filter((name) => name.endsWith('.swift'))
    .map((name) => join(folder, path, name));

describe('the iPhone app', () => {
  const property = async (name: string) => {
    const spec = await readFile(join(folder, 'App', 'project.yml'), 'utf8');
    return new RegExp(`^ +${name}: (.+)$`, 'm').exec(spec)?.[1];
  };

  test('has the id that the studio pushes to, and lets it write', async () => {
    expect(await property('PRODUCT_BUNDLE_IDENTIFIER')).toBe(companionApp.appId);
    expect(await property('UIFileSharingEnabled')).toBe('true');
    expect(await property('LSSupportsOpeningDocumentsInPlace')).toBe('true');
    const model = await readFile(join(folder, 'App', 'Sources', 'ScreenModel.swift'), 'utf8');
    expect(model).toContain(`appendingPathComponent("${companionApp.folder}")`);
  });

  test('says what the camera is for, and has the studio’s version', async () => {
    expect(await property('NSCameraUsageDescription')).toMatch(/camera/);
    expect(await property('MARKETING_VERSION')).toBe(packageJson.version);
  });

  test.skipIf(!hasSwift)('has sources that Swift’s parser reads', async () => {
    const files = [
      ...(await swiftFiles('App/Sources')),
      ...(await swiftFiles('PocketlensCore/Sources/PocketlensPhotos')),
    ];
    expect(files.length).toBeGreaterThan(8);
    const { status, stderr } = spawnSync('swift', ['-frontend', '-parse', ...files], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  test('is the Android core’s twin, file by file', async () => {
    const java = 'core/src/main/java/studio/pocketlens/companion/core';
    const names = (await readdir(join(folder, '..', 'android', java))).map((name) =>
      name.replace('.java', '.swift'),
    );
    const swift = await readdir(join(folder, 'PocketlensCore/Sources/PocketlensCore'));
    // Cameras of iPhones give another kind of frame.
    const twins = names.map((name) => (name === 'YuvFrame.swift' ? 'BgraFrame.swift' : name));
    expect(twins.filter((name) => !swift.includes(name))).toEqual([]);
  });
});
