import { normalize, type Rows } from '@main/engine/curation/rows';
import { createRandom } from '@shared/domain/random';

/** Rows of length 1 around `centers` random directions, row `i` around center `i % centers`. */
export function drawBlobs(
  {
    count,
    width,
    centers,
    spread = 0.2,
  }: {
    count: number;
    width: number;
    centers: number;
    spread?: number;
  },
  seed = 1,
): Rows & { blobs: Int32Array } {
  const random = createRandom(seed);
  const directions = Array.from({ length: centers }, () =>
    Float32Array.from({ length: width }, () => random.normal()),
  );
  for (const direction of directions) normalize(direction);
  const data = new Float32Array(count * width);
  for (let row = 0; row < count; row += 1) {
    const vector = data.subarray(row * width, (row + 1) * width);
    const center = directions[row % centers];
    vector.forEach((_, i) => {
      vector[i] = (center?.[i] ?? 0) + (spread * random.normal()) / Math.sqrt(width);
    });
    normalize(vector);
  }
  return {
    count,
    width,
    data,
    blobs: Int32Array.from({ length: count }, (_, row) => row % centers),
  };
}
