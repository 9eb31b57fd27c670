/** How nearness on the map falls off with distance d: 1 / (1 + a d^(2b)). */
export interface FallOff {
  a: number;
  b: number;
}

const samples = 300;
const rounds = 100;

/**
 * The curve next to what is wanted of it: 1 up to `minimumDistance`, from there on exp(-(d -
 * minimumDistance)) (UMAP, section 3.2). Least squares by Levenberg and Marquardt; 0.1 gives
 * a = 1.577 and b = 0.895.
 */
export function fitFallOff(minimumDistance: number): FallOff {
  const distances = Array.from({ length: samples }, (_, i) => (3 * i) / (samples - 1));
  const wanted = distances.map((d) => (d < minimumDistance ? 1 : Math.exp(minimumDistance - d)));
  let curve: FallOff = { a: 1, b: 1 };
  let error = squaredError(curve, distances, wanted);
  let damping = 1e-3;
  for (let round = 0; round < rounds; round += 1) {
    const next = step(curve, distances, wanted, damping);
    const nextError = squaredError(next, distances, wanted);
    if (nextError < error) {
      [curve, error, damping] = [next, nextError, damping / 10];
    } else {
      damping *= 10;
    }
  }
  return curve;
}

const valueAt = ({ a, b }: FallOff, d: number) => 1 / (1 + a * d ** (2 * b));

function squaredError(
  curve: FallOff,
  distances: readonly number[],
  wanted: readonly number[],
): number {
  return distances.reduce((sum, d, i) => sum + (valueAt(curve, d) - (wanted[i] ?? 0)) ** 2, 0);
}

/** Solves the damped normal equations of the two parameters. */
function step(
  curve: FallOff,
  distances: readonly number[],
  wanted: readonly number[],
  damping: number,
): FallOff {
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
  distances.forEach((d, i) => {
    if (d === 0) return;
    const value = valueAt(curve, d);
    const power = d ** (2 * curve.b);
    const byA = -power * value ** 2;
    const byB = -2 * curve.a * power * Math.log(d) * value ** 2;
    const rest = (wanted[i] ?? 0) - value;
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ra += byA * rest;
    rb += byB * rest;
  });
  aa *= 1 + damping;
  bb *= 1 + damping;
  const determinant = aa * bb - ab * ab;
  return {
    a: curve.a + (bb * ra - ab * rb) / determinant,
    b: curve.b + (aa * rb - ab * ra) / determinant,
  };
}
