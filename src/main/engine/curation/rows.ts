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

/** Of the rows `row` of `left` and `other` of `right`, without making views of them. */
export function dotRows(left: Rows, row: number, right: Rows, other: number): number {
  const { width } = left;
  const [a, b] = [left.data, right.data];
  let [i, j] = [row * width, other * width];
  let sum = 0;
  for (const end = i + width; i < end; i += 1, j += 1) sum += (a[i] ?? 0) * (b[j] ?? 0);
  return sum;
}

/** Scales a vector to length 1, in place; one that is all zero stays so. */
export function normalize(vector: Float32Array): void {
  const length = Math.sqrt(dot(vector, vector));
  if (length === 0) return;
  for (let i = 0; i < vector.length; i += 1) vector[i] = (vector[i] ?? 0) / length;
}
