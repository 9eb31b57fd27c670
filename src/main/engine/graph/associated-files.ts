import { unzipSync, zipSync } from 'fflate';
import { FlatbufferError } from './flatbuffer/flatbuffer-error';

/**
 * The files that TFLite metadata refers to are a ZIP archive behind the FlatBuffer. Readers want
 * them stored, not compressed, and offsets that count from the start of the whole file (APPNOTE
 * 4.3.12, 4.3.16), which `unzip` and Python's zipfile then open without a word.
 */
const CENTRAL_HEADER = { signature: 0x02014b50, bytes: 46 } as const;
const END_RECORD = { signature: 0x06054b50, bytes: 22 } as const;

/** The first day that ZIP can say; a real date would make each export differ. */
const EPOCH = new Date(1980, 0, 1);

/** A file of labels or text that is larger was not made for a phone. */
const MOST_BYTES = 16 * 2 ** 20;

export function appendFiles(
  model: Uint8Array,
  files: Readonly<Record<string, Uint8Array>>,
): Uint8Array {
  const archive = zipSync({ ...files }, { level: 0, mtime: EPOCH });
  shiftOffsets(archive, model.length);
  const joined = new Uint8Array(model.length + archive.length);
  joined.set(model);
  joined.set(archive, model.length);
  return joined;
}

/** Moves every offset of an archive back by `distance` bytes. */
function shiftOffsets(archive: Uint8Array, distance: number): void {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const shift = (position: number): void =>
    view.setUint32(position, view.getUint32(position, true) + distance, true);
  const end = archive.length - END_RECORD.bytes;
  let header = view.getUint32(end + 16, true);
  while (view.getUint32(header, true) === CENTRAL_HEADER.signature) {
    shift(header + 42);
    const nameBytes = view.getUint16(header + 28, true);
    const extraBytes = view.getUint16(header + 30, true);
    const commentBytes = view.getUint16(header + 32, true);
    header += CENTRAL_HEADER.bytes + nameBytes + extraBytes + commentBytes;
  }
  shift(end + 16);
}

/**
 * The associated files of a model; none when there is no archive behind it.
 * @throws FlatbufferError 'damaged' when there is one that can't be read
 */
export function readFiles(model: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const end = model.length - END_RECORD.bytes;
  const view = new DataView(model.buffer, model.byteOffset, model.byteLength);
  if (end < 0 || view.getUint32(end, true) !== END_RECORD.signature) return new Map();
  const directory = view.getUint32(end + 16, true);
  if (directory > end || view.getUint32(directory, true) !== CENTRAL_HEADER.signature) {
    throw new FlatbufferError('damaged', 'the archive behind it has no directory');
  }
  return new Map(Object.entries(unzipStored(model)));
}

function unzipStored(model: Uint8Array): Record<string, Uint8Array> {
  try {
    // A compressed file could unfold to any size, and no reader of models takes it.
    return unzipSync(model, {
      filter: ({ size, originalSize }) => size === originalSize && size <= MOST_BYTES,
    });
  } catch (cause) {
    throw new FlatbufferError('damaged', `the archive behind it can't be read (${String(cause)})`);
  }
}
