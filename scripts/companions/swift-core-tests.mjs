// The tests of the iPhone app's core: XCTest by SwiftPM, on macOS and Linux where Swift is. Also run alone:
// npm run companion:ios-test
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { root, say } from '../lib/run.mjs';

const folder = join(root, 'companions', 'ios', 'PocketlensCore');
const photos = join(root, 'companions', 'vectors', 'folder', 'golden');
const limitMs = 300_000;

/** OpenStack has a program of the same name. */
export const isSwift = (versionOutput) => /\bSwift version \d/.test(versionOutput);

/** Counts of the lines that XCTest prints for each test; undefined when there are none. */
export function countXctest(output) {
  const count = (end) =>
    [...output.matchAll(new RegExp(`^Test Case '.+' ${end} \\(`, 'gm'))].length;
  const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  return counts.passed + counts.failed + counts.skipped === 0 ? undefined : counts;
}

/**
 * Lays the pixels of photos beside each other for Linux, whose Foundation decodes none: `<sha256>.rgba`,
 * width and height as little-endian 32-bit numbers, then red, green, blue and alpha in rows, not turned.
 */
export async function decodePhotos(from, to) {
  for (const name of await readdir(from)) {
    if (name.endsWith('.json')) continue;
    const file = await readFile(join(from, name));
    const { data, info } = await sharp(file)
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const size = Buffer.alloc(8);
    size.writeUInt32LE(info.width, 0);
    size.writeUInt32LE(info.height, 4);
    const sha256 = createHash('sha256').update(file).digest('hex');
    await writeFile(join(to, `${sha256}.rgba`), Buffer.concat([size, data]));
  }
}

/**
 * Runs the tests.
 * @returns their counts, `problem` when they could not be run to their end, or `untested` with a
 * sentence where this machine lacks Swift.
 */
export async function runSwiftCoreTests() {
  const version = spawnSync('swift', ['--version'], { encoding: 'utf8' });
  if (!isSwift(version.stdout)) {
    return {
      untested: 'Swift (5.7 or newer) was not found; docs/iphone-app.md says where it is from.',
    };
  }
  const decoded = await mkdtemp(join(tmpdir(), 'pocketlens-decoded-'));
  try {
    await decodePhotos(photos, decoded);
    const { status, stdout, stderr } = spawnSync('swift', ['test'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: limitMs,
      maxBuffer: 64 << 20,
      env: { ...process.env, POCKETLENS_DECODED: decoded },
    });
    const output = `${stdout}${stderr}`;
    const counts = countXctest(output);
    if (status === 0) return counts ? { counts } : { problem: 'XCTest told of no test.' };
    return { ...(counts && { counts }), problem: errorLines(output) };
  } finally {
    await rm(decoded, { recursive: true, force: true });
  }
}

const errorLines = (output) =>
  output
    .split('\n')
    .filter((line) => /\berror:/.test(line))
    .slice(0, 20)
    .join('\n') || 'swift test did not end well, and told no error.';

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { counts, problem, untested } = await runSwiftCoreTests();
  for (const line of [untested, problem]) if (line) say(line);
  if (counts) {
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
  }
  process.exitCode = counts && !problem ? 0 : 1;
}
