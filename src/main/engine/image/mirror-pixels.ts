/**
 * RGB bytes of a picture flipped left to right, as a new array.
 * @param bytes rows of `width` pixels, three bytes each.
 */
export function mirrorPixels(bytes: Uint8Array, width: number): Uint8Array {
  const mirrored = new Uint8Array(bytes.length);
  const rowBytes = width * 3;
  for (let row = 0; row < bytes.length; row += rowBytes) {
    for (let from = row, to = row + rowBytes - 3; from < row + rowBytes; from += 3, to -= 3) {
      mirrored[to] = bytes[from] ?? 0;
      mirrored[to + 1] = bytes[from + 1] ?? 0;
      mirrored[to + 2] = bytes[from + 2] ?? 0;
    }
  }
  return mirrored;
}
