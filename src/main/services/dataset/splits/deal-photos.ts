import { type Split, type SplitRatio, splits } from '../../../../shared/domain/split';

export interface PhotoToDeal {
  id: number;
  labelId: number;
  /** Decides who comes first; drawn, so that neighbors are spread. */
  order: number;
  /** What it stays together with; undefined: it is alone. */
  unit?: string | undefined;
}

export type SplitCounts = Record<Split, number>;

export interface Dealing {
  /** By label id: what each class has already. Kept up to date. */
  counts: Map<number, SplitCounts>;
  ratio: SplitRatio;
  /** Where units are already; undefined for one that is held out: its photos get no split. */
  placed: Map<string, Split | undefined>;
}

/**
 * Deals photos so that each class comes as near to its shares as it can: photos that stay together
 * first, the largest lot first, each lot to the split that its classes lack most; then the others, each
 * to the split furthest below its share. The same photos give the same splits.
 */
export function dealPhotos(photos: readonly PhotoToDeal[], dealing: Dealing): Map<number, Split> {
  const { counts, ratio, placed } = dealing;
  const drawn = [...photos].sort((a, b) => a.order - b.order || a.id - b.id);
  const lots = new Map<string, PhotoToDeal[]>();
  for (const photo of drawn) {
    const unit = photo.unit ?? `photo ${photo.id}`;
    const lot = lots.get(unit);
    if (lot) lot.push(photo);
    else lots.set(unit, [photo]);
  }
  const totals = totalsOf(drawn, counts);
  const dealt = new Map<number, Split>();
  // Sorting is stable: lots of a size stay in the order that was drawn.
  for (const [unit, lot] of [...lots].sort(([, a], [, b]) => b.length - a.length)) {
    const split = placed.has(unit) ? placed.get(unit) : neediest(lot, counts, totals, ratio);
    placed.set(unit, split);
    if (split === undefined) continue;
    for (const { id, labelId } of lot) {
      countsOf(counts, labelId)[split] += 1;
      dealt.set(id, split);
    }
  }
  return dealt;
}

/** The split whose share of the lot's classes is furthest from full; ties go to training. */
function neediest(
  lot: readonly PhotoToDeal[],
  counts: Map<number, SplitCounts>,
  totals: ReadonlyMap<number, number>,
  ratio: SplitRatio,
): Split {
  let best: Split = 'train';
  let most = Number.NEGATIVE_INFINITY;
  for (const split of splits) {
    if (ratio[split] === 0) continue;
    let lack = 0;
    for (const { labelId } of lot) {
      const total = lot.length === 1 ? soFar(counts, labelId) + 1 : (totals.get(labelId) ?? 1);
      lack += (ratio[split] * total - countsOf(counts, labelId)[split]) / total;
    }
    if (lack > most + 1e-9) {
      best = split;
      most = lack;
    }
  }
  return best;
}

/** Photos each class will have when all are dealt. */
function totalsOf(
  photos: readonly PhotoToDeal[],
  counts: Map<number, SplitCounts>,
): Map<number, number> {
  const totals = new Map<number, number>();
  for (const { labelId } of photos) {
    totals.set(labelId, (totals.get(labelId) ?? soFar(counts, labelId)) + 1);
  }
  return totals;
}

function soFar(counts: Map<number, SplitCounts>, labelId: number): number {
  const { train, validation, test } = countsOf(counts, labelId);
  return train + validation + test;
}

function countsOf(counts: Map<number, SplitCounts>, labelId: number): SplitCounts {
  const known = counts.get(labelId) ?? { train: 0, validation: 0, test: 0 };
  counts.set(labelId, known);
  return known;
}
