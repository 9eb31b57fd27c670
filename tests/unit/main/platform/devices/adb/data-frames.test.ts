import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFrames } from '@main/platform/devices/adb/data-frames';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder';

const frameBytes = 65_536;
const sha256 = '0'.repeat(64);

/** What a phone makes of the frames: SYNC.TXT, written anew. */
function received(stream: Buffer): { lengths: number[]; content: Buffer } {
  const lengths: number[] = [];
  const parts: Buffer[] = [];
  for (let at = 0; at < stream.length; ) {
    expect(stream.toString('ascii', at, at + 4)).toBe('DATA');
    const length = stream.readUInt32LE(at + 4);
    lengths.push(length);
    parts.push(stream.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return { lengths, content: Buffer.concat(parts) };
}

async function frame(source: Parameters<typeof dataFrames>[0], batches = 3) {
  const streams: Buffer[] = [];
  let content = 0;
  for await (const batch of dataFrames(source, batches)) {
    streams.push(Buffer.from(batch.bytes));
    content += batch.content;
  }
  return { ...received(Buffer.concat(streams)), counted: content };
}

describe('the frames of a push', () => {
  it.each([0, 1, frameBytes - 1, frameBytes, frameBytes + 1, 4 * frameBytes, 1_000_003])(
    'hold all %i bytes in order, from a file and from memory, none larger than adb takes',
    async (size) => {
      const content = Buffer.from(Array.from({ length: size }, (_, at) => (at * 31) % 251));
      const path = join(temporaryFolder(), 'model.tflite');
      writeFileSync(path, content);
      for (const source of [
        { content, sha256 },
        { path, bytes: size, sha256 },
      ]) {
        const { lengths, content: got, counted } = await frame(source);
        expect(got.equals(content)).toBe(true);
        expect(counted).toBe(size);
        expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(frameBytes);
        expect(lengths).toHaveLength(Math.ceil(size / frameBytes));
      }
    },
  );

  it('stay as they are until as many batches were asked for as are used in turn', async () => {
    const content = Buffer.from(Array.from({ length: 2_000_000 }, (_, at) => (at * 7) % 253));
    const frames = dataFrames({ content, sha256 }, 2);
    const first = (await frames.next()).value;
    const before = Buffer.from(first?.bytes ?? []);
    await frames.next();
    expect(first?.bytes.equals(before)).toBe(true);
    await frames.next();
    expect(first?.bytes.equals(before)).toBe(false);
  });
});
