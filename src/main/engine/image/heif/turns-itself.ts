interface Box {
  type: string;
  /** Of its content. */
  start: number;
  end: number;
}

/**
 * Whether a HEIF file itself says how its primary picture is turned or mirrored: by a property `irot`
 * or `imir` of that item (ISO/IEC 23008-12 sections 6.5.10 and 6.5.12). Then an orientation in its
 * EXIF block repeats that and must not be applied again. False for a file that cannot be understood:
 * the decoder will say what is wrong with it.
 */
export function turnsItself(bytes: Uint8Array): boolean {
  try {
    return readTurns(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    // What a box claims lies beyond the end.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function readTurns(view: DataView): boolean {
  const meta = boxesIn(view, 0, view.byteLength).find(({ type }) => type === 'meta');
  if (!meta) return false;
  // A full box: version and flags come first (ISO/IEC 14496-12 section 4.2).
  const inMeta = boxesIn(view, meta.start + 4, meta.end);
  const primary = inMeta.find(({ type }) => type === 'pitm');
  const properties = inMeta.find(({ type }) => type === 'iprp');
  if (!primary || !properties) return false;
  const itemId = idAt(view, primary.start + 4, view.getUint8(primary.start) > 0);
  const inProperties = boxesIn(view, properties.start, properties.end);
  const container = inProperties.find(({ type }) => type === 'ipco');
  if (!container) return false;
  const types = boxesIn(view, container.start, container.end).map(({ type }) => type);
  return inProperties
    .filter(({ type }) => type === 'ipma')
    .flatMap((association) => propertiesOf(view, association, itemId))
    .some((index) => ['irot', 'imir'].includes(types[index - 1] ?? ''));
}

/** Numbers, from 1, of an item's properties (ISO/IEC 23008-12 section 9.3). */
function propertiesOf(view: DataView, { start, end }: Box, itemId: number): number[] {
  const isWideId = view.getUint8(start) > 0;
  const isWideIndex = (view.getUint32(start) & 1) === 1;
  const entries = view.getUint32(start + 4);
  let at = start + 8;
  for (let entry = 0; entry < entries && at < end; entry += 1) {
    const id = idAt(view, at, isWideId);
    at += isWideId ? 4 : 2;
    const count = view.getUint8(at);
    at += 1;
    const size = isWideIndex ? 2 : 1;
    if (id === itemId) {
      return Array.from({ length: count }, (_, index) =>
        // The highest bit says that the property is essential.
        isWideIndex
          ? view.getUint16(at + index * size) & 0x7fff
          : view.getUint8(at + index * size) & 0x7f,
      );
    }
    at += count * size;
  }
  return [];
}

const idAt = (view: DataView, at: number, isWide: boolean): number =>
  isWide ? view.getUint32(at) : view.getUint16(at);

/** Boxes that follow one another, each with its size in front (ISO/IEC 14496-12 section 4.2). */
function boxesIn(view: DataView, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end; ) {
    const small = view.getUint32(at);
    const header = small === 1 ? 16 : 8;
    const size = small === 1 ? Number(view.getBigUint64(at + 8)) : small === 0 ? end - at : small;
    if (size < header) break;
    const type = String.fromCharCode(...[4, 5, 6, 7].map((place) => view.getUint8(at + place)));
    boxes.push({ type, start: at + header, end: Math.min(end, at + size) });
    at += size;
  }
  return boxes;
}
