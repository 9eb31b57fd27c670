import type { Luma } from './luma';

const side = 32;
const frequencies = 8;

/** `cosines[k][x]`, the DCT-II basis for frequencies 1 to 8 (0 is the mean: it tells nothing). */
const cosines = Array.from({ length: frequencies }, (_, k) =>
  Float64Array.from({ length: side }, (_, x) =>
    Math.cos(((k + 1) * Math.PI * (2 * x + 1)) / (2 * side)),
  ),
);

/**
 * 64-bit perceptual hash, 16 lowercase hex digits: pictures that look alike differ in few bits,
 * whatever their size or compression. The luma is averaged to 32x32; a bit says whether one of the
 * 8x8 lowest DCT frequencies (the mean left out) is above their median. (The pHash of Zauner,
 * "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.)
 */
export function perceptualHash(luma: Luma): string {
  const coefficients = lowFrequencies(averageToSquare(luma));
  const sorted = Float64Array.from(coefficients).sort();
  const middle = coefficients.length / 2;
  const median = ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  let hash = 0n;
  for (const value of coefficients) hash = (hash << 1n) | (value > median ? 1n : 0n);
  return hash.toString(16).padStart(16, '0');
}

function averageToSquare({ width, height, data }: Luma): Float64Array {
  const square = new Float64Array(side * side);
  for (let row = 0; row < side; row += 1) {
    const [top, bottom] = span(row, height);
    for (let column = 0; column < side; column += 1) {
      const [left, right] = span(column, width);
      let sum = 0;
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) sum += data[y * width + x] ?? 0;
      }
      square[row * side + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return square;
}

/** The source pixels of one of `side` cells, at least one. */
function span(cell: number, length: number): [number, number] {
  const start = Math.floor((cell * length) / side);
  return [start, Math.max(start + 1, Math.floor(((cell + 1) * length) / side))];
}

function lowFrequencies(square: Float64Array): Float64Array {
  const rows = new Float64Array(side * frequencies);
  for (let y = 0; y < side; y += 1) {
    cosines.forEach((basis, u) => {
      let sum = 0;
      for (let x = 0; x < side; x += 1) sum += (square[y * side + x] ?? 0) * (basis[x] ?? 0);
      rows[y * frequencies + u] = sum;
    });
  }
  const coefficients = new Float64Array(frequencies * frequencies);
  cosines.forEach((basis, v) => {
    for (let u = 0; u < frequencies; u += 1) {
      let sum = 0;
      for (let y = 0; y < side; y += 1) sum += (rows[y * frequencies + u] ?? 0) * (basis[y] ?? 0);
      coefficients[v * frequencies + u] = sum;
    }
  });
  return coefficients;
}
