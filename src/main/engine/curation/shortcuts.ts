import { createRandom } from '../../../shared/domain/random';
import { wilsonInterval } from '../../../shared/domain/statistics';
import { foldCount } from './deal-folds';

/** Something that has nothing to do with what is shown, as numbers or as categories. */
export interface Attribute {
  name: string;
  /** One list of values a part (the color of each edge); NaN where it is not known. */
  parts: readonly Float64Array[];
  /** Values are categories (cameras by number) and not amounts. */
  categories?: boolean;
}

export interface Shortcut {
  attribute: string;
  label: number;
  /** Mean of the shares of this label's photos and of all others that were told right, 0..1. */
  balancedAccuracy: number;
  /** What it is at least, with 95 % confidence. */
  atLeast: number;
  photos: number;
}

/** By chance half are right; from here on a classifier has something to gain from looking there. */
const remarkable = 0.8;
const bins = 8;
const fewestPhotos = 12;

/**
 * Labels that can be told from all others by one attribute alone, without looking at what is shown:
 * naive Bayes on eighths of the values, cross-validated, groups of near duplicates kept together. The
 * accuracy's lower bound (95 %) has to be remarkable, so that a few photos raise no alarm.
 * `labels`: -1 for none.
 */
export function findShortcuts(
  attributes: readonly Attribute[],
  labels: Int32Array,
  classes: number,
  groups: Int32Array,
  seed: number,
): Shortcut[] {
  const folds = foldsOf(groups, seed);
  const found = attributes.flatMap((attribute) => {
    const binned = attribute.parts.map((values) =>
      binValues(values, attribute.categories === true),
    );
    return Array.from({ length: classes }, (_, label) =>
      judge(attribute.name, binned, label, labels, folds),
    );
  });
  return found
    .filter((shortcut) => shortcut !== undefined)
    .filter(({ atLeast }) => atLeast >= remarkable)
    .sort((a, b) => b.balancedAccuracy - a.balancedAccuracy);
}

function judge(
  attribute: string,
  binned: readonly Int32Array[],
  label: number,
  labels: Int32Array,
  folds: Int32Array,
): Shortcut | undefined {
  const rows = [...labels.keys()].filter((row) => (labels[row] ?? -1) >= 0);
  const inside = rows.filter((row) => labels[row] === label).length;
  if (inside < fewestPhotos || rows.length - inside < fewestPhotos) return undefined;
  const right = { inside: 0, outside: 0 };
  for (let fold = 0; fold < foldCount; fold += 1) {
    const evidence = binned.map((values) =>
      weighBins(
        values,
        rows.filter((row) => folds[row] !== fold),
        (row) => labels[row] === label,
      ),
    );
    for (const row of rows) {
      if (folds[row] !== fold) continue;
      const sum = evidence.reduce(
        (total, weights, part) => total + (weights.get(binned[part]?.[row] ?? -1) ?? 0),
        0,
      );
      if (labels[row] === label) right.inside += sum > 0 ? 1 : 0;
      else right.outside += sum > 0 ? 0 : 1;
    }
  }
  const outside = rows.length - inside;
  return {
    attribute,
    label,
    balancedAccuracy: (right.inside / inside + right.outside / outside) / 2,
    atLeast:
      (wilsonInterval(right.inside, inside).low + wilsonInterval(right.outside, outside).low) / 2,
    photos: rows.length,
  };
}

/** Logarithm of how much more often a bin is seen inside than outside, smoothed (Laplace). */
function weighBins(
  values: Int32Array,
  rows: readonly number[],
  isInside: (row: number) => boolean,
): Map<number, number> {
  const counts = new Map<number, { inside: number; outside: number }>();
  const total = { inside: 0, outside: 0 };
  for (const row of rows) {
    const bin = values[row] ?? -1;
    const count = counts.get(bin) ?? { inside: 0, outside: 0 };
    counts.set(bin, count);
    const side = isInside(row) ? 'inside' : 'outside';
    count[side] += 1;
    total[side] += 1;
  }
  return new Map(
    [...counts].map(([bin, { inside, outside }]) => [
      bin,
      Math.log(
        (inside + 1) /
          (total.inside + counts.size) /
          ((outside + 1) / (total.outside + counts.size)),
      ),
    ]),
  );
}

/** Amounts by eighths of their distribution; -1 for what is not known. */
function binValues(values: Float64Array, categories: boolean): Int32Array {
  if (categories) return Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const edges = Array.from(
    { length: bins - 1 },
    (_, edge) => known[Math.floor(((edge + 1) * known.length) / bins)] ?? 0,
  );
  return Int32Array.from(values, (value) =>
    Number.isNaN(value) ? -1 : edges.filter((edge) => value >= edge).length,
  );
}

function foldsOf(groups: Int32Array, seed: number): Int32Array {
  const random = createRandom(seed);
  const folds = new Map<number, number>();
  return groups.map((group) => {
    const fold = folds.get(group) ?? random.index(foldCount);
    folds.set(group, fold);
    return fold;
  });
}
