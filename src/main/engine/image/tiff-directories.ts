/** What the first image file directory of a TIFF says. */
export interface TiffDirectories {
  tags: ReadonlySet<number>;
  /** First byte after everything the directory points at, as far as it could be followed. */
  dataEnd: number;
}

const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const stripOffsets = 273;
const stripByteCounts = 279;
const tileOffsets = 324;
const tileByteCounts = 325;

/** Reads the first directory of a classic TIFF (TIFF 6.0 section 2). BigTIFF gives no tags. */
export function tiffDirectories(bytes: Uint8Array): TiffDirectories {
  const tags = new Set<number>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) return { tags, dataEnd: 8 };
  const little = bytes[0] === 0x49;
  if (view.getUint16(2, little) !== 42) return { tags, dataEnd: 0 };
  const start = view.getUint32(4, little);
  if (start + 2 > bytes.length) return { tags, dataEnd: start + 2 };
  const count = view.getUint16(start, little);
  const end = start + 2 + count * 12;
  if (end > bytes.length) return { tags, dataEnd: end };

  let dataEnd = end;
  const pieces = new Map<number, number[]>();
  for (let index = 0; index < count; index += 1) {
    const entry = start + 2 + index * 12;
    const tag = view.getUint16(entry, little);
    const type = view.getUint16(entry + 2, little);
    const values = view.getUint32(entry + 4, little);
    tags.add(tag);
    const size = (typeSizes[type] ?? 0) * values;
    const position = size > 4 ? view.getUint32(entry + 8, little) : entry + 8;
    if (size > 4) dataEnd = Math.max(dataEnd, position + size);
    if (![stripOffsets, stripByteCounts, tileOffsets, tileByteCounts].includes(tag)) continue;
    if (position + size > bytes.length) continue;
    pieces.set(
      tag,
      Array.from({ length: values }, (_, value) =>
        type === 3
          ? view.getUint16(position + value * 2, little)
          : view.getUint32(position + value * 4, little),
      ),
    );
  }
  for (const [offsets, lengths] of [
    [stripOffsets, stripByteCounts],
    [tileOffsets, tileByteCounts],
  ] as const) {
    const sizes = pieces.get(lengths) ?? [];
    for (const [index, offset] of (pieces.get(offsets) ?? []).entries()) {
      dataEnd = Math.max(dataEnd, offset + (sizes[index] ?? 0));
    }
  }
  return { tags, dataEnd };
}
