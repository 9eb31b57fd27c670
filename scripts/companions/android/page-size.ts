/** Of Android phones' memory pages, at most. */
const pageSize = 0x4000n;

const loadable = 1;
const relro = 0x6474e552;
const unused = 0;
const writable = 6;

interface Segment {
  /** Where its program header begins. */
  at: number;
  type: number;
  flags: number;
  offset: bigint;
  address: bigint;
  fileSize: bigint;
  memorySize: bigint;
  align: bigint;
}

/**
 * Makes a 64-bit ELF library, linked for 4 KB pages, loadable with pages of 16 KB: its two read-write
 * segments, which share a page there, become one that lies in the file as it lies in memory, and what
 * was to be write-protected after loading stays writable. Unchanged when it is loadable already.
 * Format: System V ABI, chapter 5 (program header).
 * @throws RangeError when the library is laid out otherwise than this can mend.
 */
export function alignForLargePages(library: Uint8Array): Uint8Array {
  const view = viewOf(library);
  if (view.getUint32(0) !== 0x7f454c46 || library[4] !== 2 || library[5] !== 1) {
    throw new RangeError('No 64-bit little-endian ELF file');
  }
  const segments = readSegments(view);
  const loads = segments.filter(({ type }) => type === loadable);
  if (fitsLargePages(library)) return library;
  const [code, first, second, ...more] = loads;
  if (!code || !first || !second || more.length > 0) {
    throw new RangeError(`${loads.length} loadable segments instead of three`);
  }
  if (first.flags !== writable || second.flags !== writable) {
    throw new RangeError('The last two segments are not both to be written to');
  }
  const isCongruent = ({ address, offset }: Segment) => (address - offset) % pageSize === 0n;
  const codePages = (code.address + code.memorySize + pageSize - 1n) / pageSize;
  if (!isCongruent(code) || !isCongruent(first) || first.address / pageSize < codePages) {
    throw new RangeError('Code and data share a page of 16 KB');
  }
  const shift = second.address - first.address - (second.offset - first.offset);
  if (shift < 0n) throw new RangeError('The last segment would have to move backward');

  const cut = Number(second.offset);
  const mended = new Uint8Array(library.length + Number(shift));
  mended.set(library.subarray(0, cut));
  mended.set(library.subarray(cut), cut + Number(shift));
  const out = viewOf(mended);
  moveSections(out, second.offset, shift);
  const end = second.address - first.address;
  write(out, { ...code, align: pageSize });
  write(out, {
    ...first,
    fileSize: end + second.fileSize,
    memorySize: end + second.memorySize,
    align: pageSize,
  });
  write(out, { ...second, type: unused });
  for (const segment of segments)
    if (segment.type === relro) write(out, { ...segment, type: unused });
  for (const { at, type, offset } of segments) {
    const isMoved = type !== loadable && type !== relro && offset >= second.offset;
    if (isMoved) out.setBigUint64(at + 8, offset + shift, true);
  }
  return mended;
}

/**
 * Whether phones with pages of 16 KB can load a 64-bit library: its segments lie in the file as they
 * lie in memory, to the page, and no two share one.
 */
export function fitsLargePages(library: Uint8Array): boolean {
  const loads = readSegments(viewOf(library)).filter(({ type }) => type === loadable);
  return loads.every(({ address, offset, align }, index) => {
    const before = loads[index - 1];
    const end = before ? before.address + before.memorySize : 0n;
    return (
      align >= pageSize &&
      (address - offset) % pageSize === 0n &&
      address / pageSize >= (end + pageSize - 1n) / pageSize
    );
  });
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);

function readSegments(view: DataView): Segment[] {
  const start = Number(view.getBigUint64(32, true));
  const size = view.getUint16(54, true);
  return Array.from({ length: view.getUint16(56, true) }, (_, index) => {
    const at = start + index * size;
    const long = (offset: number) => view.getBigUint64(at + offset, true);
    return {
      at,
      type: view.getUint32(at, true),
      flags: view.getUint32(at + 4, true),
      offset: long(8),
      address: long(16),
      fileSize: long(32),
      memorySize: long(40),
      align: long(48),
    };
  });
}

function write(view: DataView, { at, type, fileSize, memorySize, align }: Segment): void {
  view.setUint32(at, type, true);
  view.setBigUint64(at + 32, fileSize, true);
  view.setBigUint64(at + 40, memorySize, true);
  view.setBigUint64(at + 48, align, true);
}

/** Section headers and what they point at, behind the place where bytes were put in. */
function moveSections(view: DataView, from: bigint, shift: bigint): void {
  const table = view.getBigUint64(40, true);
  const moved = table >= from ? table + shift : table;
  view.setBigUint64(40, moved, true);
  const size = view.getUint16(58, true);
  for (let index = 0; index < view.getUint16(60, true); index++) {
    const at = Number(moved) + index * size + 24;
    const offset = view.getBigUint64(at, true);
    if (offset >= from) view.setBigUint64(at, offset + shift, true);
  }
}
