import { describe, expect, test } from 'vitest';
import {
  alignForLargePages,
  fitsLargePages,
} from '../../../../scripts/companions/android/page-size';

interface Header {
  type: number;
  flags: number;
  offset: number;
  address: number;
  fileSize: number;
  memorySize: number;
  align: number;
}

const load = { type: 1, align: 0x1000 };
const relro = 0x6474e552;

/** As Android's linker lays out a library for pages of 4 KB: code, what is protected later, data. */
const usual: Header[] = [
  { ...load, flags: 5, offset: 0, address: 0, fileSize: 0x3f00, memorySize: 0x3f00 },
  { ...load, flags: 6, offset: 0x4000, address: 0x4000, fileSize: 0x378, memorySize: 0x378 },
  { ...load, flags: 6, offset: 0x4378, address: 0x5378, fileSize: 0x80, memorySize: 0x200 },
  {
    type: relro,
    flags: 4,
    offset: 0x4000,
    address: 0x4000,
    fileSize: 0x378,
    memorySize: 0x378,
    align: 1,
  },
];
const sectionTable = 0x4400;

/** A library whose byte at each file offset tells of it; its two sections are the protected and the data. */
function elf(headers: readonly Header[]): Uint8Array {
  const bytes = Uint8Array.from({ length: sectionTable + 2 * 64 }, (_, at) => at % 251);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x7f454c46);
  bytes[4] = 2;
  bytes[5] = 1;
  view.setBigUint64(32, 64n, true);
  view.setBigUint64(40, BigInt(sectionTable), true);
  view.setUint16(54, 56, true);
  view.setUint16(56, headers.length, true);
  view.setUint16(58, 64, true);
  view.setUint16(60, 2, true);
  headers.forEach(({ type, flags, ...header }, index) => {
    const at = 64 + 56 * index;
    view.setUint32(at, type, true);
    view.setUint32(at + 4, flags, true);
    const { offset, address, fileSize, memorySize, align } = header;
    [offset, address, address, fileSize, memorySize, align].forEach((value, field) =>
      view.setBigUint64(at + 8 + 8 * field, BigInt(value), true),
    );
  });
  [0x4000, 0x4378].forEach((offset, index) =>
    view.setBigUint64(sectionTable + 64 * index + 24, BigInt(offset), true),
  );
  return bytes;
}

/** What is in memory after loading, read through the program headers. */
function memoryOf(library: Uint8Array): Uint8Array {
  const view = new DataView(library.buffer, library.byteOffset, library.byteLength);
  const memory = new Uint8Array(0x6000);
  for (let index = 0; index < view.getUint16(56, true); index++) {
    const at = 64 + 56 * index;
    if (view.getUint32(at, true) !== 1) continue;
    const [offset, address, , size] = [8, 16, 24, 32].map((field) =>
      Number(view.getBigUint64(at + field, true)),
    );
    memory.set(library.subarray(offset, offset! + size!), address);
  }
  return memory;
}

describe('a library for pages of 4 KB', () => {
  const mended = alignForLargePages(elf(usual));
  const view = new DataView(mended.buffer);

  test('is made to fit pages of 16 KB', () => {
    expect(fitsLargePages(elf(usual))).toBe(false);
    expect(fitsLargePages(mended)).toBe(true);
    expect(alignForLargePages(mended)).toBe(mended);
  });

  test('has the same in memory where it had something', () => {
    const [before, after] = [memoryOf(elf(usual)), memoryOf(mended)];
    // Behind the headers, which are what was changed.
    expect(after.subarray(64 + 4 * 56, 0x4378)).toEqual(before.subarray(64 + 4 * 56, 0x4378));
    expect(after.subarray(0x5378, 0x53f8)).toEqual(before.subarray(0x5378, 0x53f8));
  });

  test('keeps the size of what is zeroed, and is write-protected nowhere', () => {
    const headers = [0, 1, 2, 3].map((index) => 64 + 56 * index);
    expect(headers.map((at) => view.getUint32(at, true))).toEqual([1, 1, 0, 0]);
    expect(view.getBigUint64(headers[1]! + 40, true)).toBe(0x1378n + 0x200n);
  });

  test('has sections that point at what they did', () => {
    const table = Number(view.getBigUint64(40, true));
    expect(table).toBe(sectionTable + 0x1000);
    expect(view.getBigUint64(table + 24, true)).toBe(0x4000n);
    expect(view.getBigUint64(table + 64 + 24, true)).toBe(0x5378n);
  });
});

test('what is laid out otherwise is refused, never guessed at', () => {
  const [code, first, second] = usual as [Header, Header, Header];
  const refused: [Header[], string][] = [
    [[code, first], '2 loadable segments'],
    [[code, { ...first, flags: 4 }, second], 'not both to be written'],
    [[{ ...code, memorySize: 0x4100 }, first, second], 'share a page'],
    [[code, { ...first, address: 0x5000 }, { ...second, address: 0x6378 }], 'share a page'],
  ];
  for (const [headers, problem] of refused) {
    expect(() => alignForLargePages(elf(headers)), problem).toThrow(problem);
  }
  expect(() => alignForLargePages(new Uint8Array(200))).toThrow('No 64-bit');
});
