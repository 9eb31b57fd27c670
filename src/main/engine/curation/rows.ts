/** Row-major numbers: `count` rows of `width`. */
export interface Rows {
  count: number;
  width: number;
  data: Float32Array;
}

export function rowsOf(data: Float32Array, width: number): Rows {
  return { count: width === 0 ? 0 : data.length / width, width, data };
}

export function rowAt({ width, data }: Rows, index: number): Float32Array {
  return data.subarray(index * width, (index + 1) * width);
}

/** The rows at `indices`, copied, in that order. */
export function pickRows(rows: Rows, indices: readonly number[] | Int32Array): Rows {
  const data = new Float32Array(indices.length * rows.width);
  indices.forEach((index: number, at: number) => data.set(rowAt(rows, index), at * rows.width));
  return { count: indices.length, width: rows.width, data };
}

/** Of two vectors of equal length. */
export function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i += 1) sum += (left[i] ?? 0) * (right[i] ?? 0);
  return sum;
}

/**
 * Of the rows `row` of `left` and `other` of `right`, without making views of them. Four sums at a
 * time: one alone waits for itself at every step.
 */
export function dotRows(left: Rows, row: number, right: Rows, other: number): number {
  const { width } = left;
  const a = left.data;
  const b = right.data;
  let i = row * width;
  let j = other * width;
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  const end = i + width;
  for (const whole = end - 3; i < whole; i += 4, j += 4) {
    first += (a[i] ?? 0) * (b[j] ?? 0);
    second += (a[i + 1] ?? 0) * (b[j + 1] ?? 0);
    third += (a[i + 2] ?? 0) * (b[j + 2] ?? 0);
    fourth += (a[i + 3] ?? 0) * (b[j + 3] ?? 0);
  }
  for (; i < end; i += 1, j += 1) first += (a[i] ?? 0) * (b[j] ?? 0);
  return first + second + (third + fourth);
}

/** Scales a vector to length 1, in place; one that is all zero stays so. */
export function normalize(vector: Float32Array): void {
  const length = Math.sqrt(dot(vector, vector));
  if (length === 0) return;
  for (let i = 0; i < vector.length; i += 1) vector[i] = (vector[i] ?? 0) / length;
}
