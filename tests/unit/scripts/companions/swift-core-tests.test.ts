import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  countXctest,
  decodePhotos,
  isSwift,
} from '../../../../scripts/companions/swift-core-tests.mjs';

describe('the counts of XCTest', () => {
  test('are those of its tests, on Linux and macOS', () => {
    const output = [
      "Test Suite 'All tests' started at 2026-11-27",
      "Test Case 'TopAnswersTests.testA' started at 2026-11-27",
      "Test Case 'TopAnswersTests.testA' passed (0.001 seconds)",
      "Test Case '-[PocketlensCoreTests.FilesTests testB]' passed (0.001 seconds).",
      "Test Case 'FilesTests.testC' failed (0.001 seconds)",
      "Test Case 'FilesTests.testD' skipped (0.001 seconds)",
      "Test Suite 'All tests' passed at 2026-11-27",
    ].join('\n');
    expect(countXctest(output)).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });

  test('are missing where nothing was run', () => {
    expect(countXctest('error: fatalError')).toBeUndefined();
  });
});

test('Swift is told from OpenStack’s program of that name', () => {
  expect(isSwift('Swift version 6.0.3 (swift-6.0.3-RELEASE)\nTarget: x86_64-pc-linux-gnu')).toBe(
    true,
  );
  expect(isSwift('Apple Swift version 5.9')).toBe(true);
  expect(isSwift('python-swiftclient 4.1.0')).toBe(false);
  expect(isSwift('undefined')).toBe(false);
});

describe('photos decoded for Linux', () => {
  let from: string;
  let to: string;

  beforeEach(async () => {
    from = await mkdtemp(join(tmpdir(), 'pocketlens-test-'));
    to = await mkdtemp(join(tmpdir(), 'pocketlens-test-'));
  });

  afterEach(async () => {
    for (const folder of [from, to]) await rm(folder, { recursive: true, force: true });
  });

  test('have size and pixels, gray ones in three colors, under their hash', async () => {
    const gray = { width: 3, height: 2, channels: 1 } as const;
    const file = await sharp(Buffer.from([0, 50, 100, 150, 200, 255]), { raw: gray })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    await writeFile(join(from, 'photo.png'), file);
    await writeFile(join(from, 'golden.json'), '{}');
    await decodePhotos(from, to);
    const sha256 = createHash('sha256').update(file).digest('hex');
    expect(await readdir(to)).toEqual([`${sha256}.rgba`]);
    const bytes = await readFile(join(to, `${sha256}.rgba`));
    expect([bytes.readUInt32LE(0), bytes.readUInt32LE(4)]).toEqual([3, 2]);
    expect([...bytes.subarray(8, 16)]).toEqual([0, 0, 0, 255, 50, 50, 50, 255]);
    expect(bytes.length).toBe(8 + 3 * 2 * 4);
  });
});
