/** Means and products of the values of rows, collected row by row; memory does not grow with them. */
export interface RowMoments {
  add(row: Float64Array): void;
  /**
   * Mean product of each two values, `length * length`; with `centered` of their differences from their
   * means, which is what is left of a layer's error once its bias takes the mean of it.
   */
  products(centered: boolean): Float64Array;
}

/** Rows that are taken in at once: the sums are then read and written once for all of them. */
const batch = 8;

/** @param length values of a row. */
export function createRowMoments(length: number): RowMoments {
  // Of each pair once: the upper triangle, row by row.
  const sums = new Float64Array((length * (length + 1)) / 2);
  const totals = new Float64Array(length);
  const waiting = Array.from({ length: batch }, () => new Float64Array(length));
  let held = 0;
  let count = 0;

  function takeIn(): void {
    for (let row = held; row < batch; row += 1) waiting[row]?.fill(0);
    held = 0;
    addProducts(sums, waiting, length);
  }

  return {
    add(row) {
      waiting[held]?.set(row);
      for (let at = 0; at < length; at += 1) totals[at] = (totals[at] ?? 0) + (row[at] ?? 0);
      held += 1;
      count += 1;
      if (held === batch) takeIn();
    },
    products(centered) {
      if (held > 0) takeIn();
      const whole = new Float64Array(length * length);
      const rows = Math.max(1, count);
      let from = 0;
      for (let i = 0; i < length; i += 1) {
        for (let j = i; j < length; j += 1) {
          const means = centered ? ((totals[i] ?? 0) / rows) * ((totals[j] ?? 0) / rows) : 0;
          const product = (sums[from] ?? 0) / rows - means;
          whole[i * length + j] = product;
          whole[j * length + i] = product;
          from += 1;
        }
      }
      return whole;
    },
  };
}

function addProducts(sums: Float64Array, rows: readonly Float64Array[], length: number): void {
  const [a, b, c, d, e, f, g, h] = rows as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let at = 0;
  for (let i = 0; i < length; i += 1) {
    const ai = a[i] as number;
    const bi = b[i] as number;
    const ci = c[i] as number;
    const di = d[i] as number;
    const ei = e[i] as number;
    const fi = f[i] as number;
    const gi = g[i] as number;
    const hi = h[i] as number;
    for (let j = i; j < length; j += 1) {
      sums[at] =
        (sums[at] as number) +
        ai * (a[j] as number) +
        bi * (b[j] as number) +
        ci * (c[j] as number) +
        di * (d[j] as number) +
        ei * (e[j] as number) +
        fi * (f[j] as number) +
        gi * (g[j] as number) +
        hi * (h[j] as number);
      at += 1;
    }
  }
}
