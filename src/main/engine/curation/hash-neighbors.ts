/** 64-bit perceptual hashes, as two halves of 32 bits each. */
export interface HashList {
  high: Uint32Array;
  low: Uint32Array;
}

/** `hashes`: 16 hex digits each. */
export function hashList(hashes: readonly string[]): HashList {
  const high = Uint32Array.from(hashes, (hash) => Number.parseInt(hash.slice(0, 8), 16));
  const low = Uint32Array.from(hashes, (hash) => Number.parseInt(hash.slice(8), 16));
  return { high, low };
}

/** Bits in which two hashes differ, 0..64. */
export function hashDistance({ high, low }: HashList, left: number, right: number): number {
  return (
    countBits((high[left] ?? 0) ^ (high[right] ?? 0)) +
    countBits((low[left] ?? 0) ^ (low[right] ?? 0))
  );
}

/** Hashes that differ in at most `radius` bits agree in one of `radius + 1` bands of them. */
export function eachClosePair(
  hashes: HashList,
  radius: number,
  visit: (left: number, right: number, distance: number) => void,
  checkpoint?: () => void,
): void {
  const bands = radius + 1;
  for (let band = 0; band < bands; band += 1) {
    const from = Math.floor((band * 64) / bands);
    const to = Math.floor(((band + 1) * 64) / bands);
    for (const bucket of bucketsOf(hashes, from, to)) {
      checkpoint?.();
      pairsOf(hashes, bucket, radius, band, bands, visit);
    }
  }
}

function pairsOf(
  hashes: HashList,
  bucket: readonly number[],
  radius: number,
  band: number,
  bands: number,
  visit: (left: number, right: number, distance: number) => void,
): void {
  for (let i = 0; i < bucket.length; i += 1) {
    const left = bucket[i] ?? 0;
    for (let j = i + 1; j < bucket.length; j += 1) {
      const right = bucket[j] ?? 0;
      const distance = hashDistance(hashes, left, right);
      if (distance > radius) continue;
      // A pair that agrees in an earlier band was visited there.
      if (firstCommonBand(hashes, left, right, bands) === band) visit(left, right, distance);
    }
  }
}

function firstCommonBand(hashes: HashList, left: number, right: number, bands: number): number {
  for (let band = 0; band < bands; band += 1) {
    const from = Math.floor((band * 64) / bands);
    const to = Math.floor(((band + 1) * 64) / bands);
    if (bitsOf(hashes, left, from, to) === bitsOf(hashes, right, from, to)) return band;
  }
  return bands;
}

/** Members of each value of the bits `from` to `to` that more than one hash has. */
function bucketsOf(hashes: HashList, from: number, to: number): number[][] {
  const buckets = new Map<number, number[]>();
  for (let index = 0; index < hashes.high.length; index += 1) {
    const bits = bitsOf(hashes, index, from, to);
    const bucket = buckets.get(bits);
    if (bucket) bucket.push(index);
    else buckets.set(bits, [index]);
  }
  return [...buckets.values()].filter((bucket) => bucket.length > 1);
}

/** Bits `from` to `to` (at most 32 of them), counted from the lowest. */
function bitsOf({ high, low }: HashList, index: number, from: number, to: number): number {
  const [upper, lower] = [high[index] ?? 0, low[index] ?? 0];
  const shifted =
    from >= 32 ? upper >>> (from - 32) : (lower >>> from) | (from > 0 ? upper << (32 - from) : 0);
  const width = to - from;
  return (width >= 32 ? shifted : shifted & ((1 << width) - 1)) >>> 0;
}

/** Hamming weight of 32 bits (Warren, "Hacker's Delight", 5-1). */
function countBits(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
