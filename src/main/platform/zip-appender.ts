import { type FileHandle, open, readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/**
 * A zip archive that grows by one file after the other, over many tasks and with nothing of it in
 * memory: its directory grows in a second file and is put behind the archive at the end. Files are
 * stored as they are: photos hardly shrink. Written by hand because the well-kept libraries either
 * lack zip64 (fflate) or can't go on with an archive.
 */
export interface ZipPlace {
  archive: string;
  directory: string;
}

export interface ZipAppender {
  /** @param name with forward slashes. At most 4 GB. */
  add(name: string, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

const utf8Names = 0x0800;
const largest32 = 0xffffffff;
/** Copied into one write with their header. */
const smallBytes = 65_536;

/** Goes on with an archive, or begins one. @param at what its files are dated. */
export async function openZipAppender(place: ZipPlace, at: Date): Promise<ZipAppender> {
  const archive = await open(place.archive, 'a');
  const directory = await open(place.directory, 'a').catch(async (error: unknown) => {
    await archive.close();
    throw error;
  });
  let { size: offset } = await archive.stat();
  const records: Buffer[] = [];
  return {
    async add(name, bytes) {
      const path = Buffer.from(name);
      const facts = entryFacts(bytes, path, at);
      const needs64 = offset >= largest32;
      const header = Buffer.concat([signature(0x04034b50), version(20), facts, u16(0), path]);
      const record = Buffer.concat([
        signature(0x02014b50),
        // Made on Unix, so that the mode below is read.
        u16((3 << 8) | 45),
        version(needs64 ? 45 : 20),
        facts,
        u16(needs64 ? 12 : 0),
        u16(0),
        u16(0),
        u16(0),
        u32((0o100644 << 16) >>> 0),
        u32(needs64 ? largest32 : offset),
        path,
        needs64 ? Buffer.concat([u16(1), u16(8), u64(offset)]) : Buffer.alloc(0),
      ]);
      await writeAll(
        archive,
        bytes.byteLength < smallBytes ? Buffer.concat([header, bytes]) : header,
      );
      if (bytes.byteLength >= smallBytes) await writeAll(archive, bytes);
      records.push(record);
      offset += header.byteLength + bytes.byteLength;
    },
    async close() {
      try {
        await writeAll(directory, Buffer.concat(records));
      } finally {
        await archive.close();
        await directory.close();
      }
    },
  };
}

/** Puts the directory behind the files: only now is it an archive. */
export async function finishZip(place: ZipPlace, entries: number): Promise<void> {
  const directory = await readFile(place.directory);
  const archive = await open(place.archive, 'a');
  try {
    const { size: start } = await archive.stat();
    await writeAll(archive, directory);
    const end = start + directory.byteLength;
    if (entries >= 0xffff || end >= largest32) {
      await writeAll(archive, end64(entries, directory.byteLength, start));
    }
    const few = Math.min(entries, 0xffff);
    await writeAll(
      archive,
      Buffer.concat([
        signature(0x06054b50),
        u16(0),
        u16(0),
        u16(few),
        u16(few),
        u32(Math.min(directory.byteLength, largest32)),
        u32(Math.min(start, largest32)),
        u16(0),
      ]),
    );
    await archive.sync();
  } finally {
    await archive.close();
  }
}

/** Zip64's end of the directory, and the locator that says where it is. */
function end64(entries: number, bytes: number, start: number): Buffer {
  return Buffer.concat([
    signature(0x06064b50),
    u64(44),
    u16(45),
    u16(45),
    u32(0),
    u32(0),
    u64(entries),
    u64(entries),
    u64(bytes),
    u64(start),
    signature(0x07064b50),
    u32(0),
    u64(start + bytes),
    u32(1),
  ]);
}

/** What header and directory both say: flags, method, time, checksum, sizes, length of the name. */
function entryFacts(bytes: Uint8Array, path: Uint8Array, at: Date): Buffer {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const years = Math.max(0, at.getUTCFullYear() - 1980);
  const date = (years << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return Buffer.concat([
    u16(utf8Names),
    u16(0),
    u16(time),
    u16(date),
    u32(crc32(bytes)),
    u32(bytes.byteLength),
    u32(bytes.byteLength),
    u16(path.byteLength),
  ]);
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await file.write(bytes, done);
    done += bytesWritten;
  }
}

function integer(bytes: number, write: (buffer: Buffer) => void): Buffer {
  const buffer = Buffer.alloc(bytes);
  write(buffer);
  return buffer;
}
const u16 = (value: number) => integer(2, (buffer) => buffer.writeUInt16LE(value));
const u32 = (value: number) => integer(4, (buffer) => buffer.writeUInt32LE(value));
const u64 = (value: number) => integer(8, (buffer) => buffer.writeBigUInt64LE(BigInt(value)));
const signature = u32;
const version = u16;
