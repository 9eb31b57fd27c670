import { agreements } from '@shared/api/map-api';
import type { Label } from '@shared/domain/label';
import { splits } from '@shared/domain/split';
import type { MapColoring, MapFacts } from '../../stores/map-store';
import { labelMark, type Mark, type Scheme, schemeColors } from './map-palette';

/** Points that share a color. */
export interface Category {
  /** What the points have in common: a label id, a split or an agreement by number; 0 for none. */
  key: number;
  /** Of a label. */
  name?: string;
  mark: Mark;
  /** Points that are not hidden. */
  count: number;
}

export interface Categories {
  /** In the order of the legend; those without points are left out. */
  list: readonly Category[];
  /** The key of each point. */
  keys: Uint8Array | Uint32Array;
}

/** Deals points into categories by what the map is colored by. */
export function categorize(
  coloring: MapColoring,
  facts: MapFacts,
  labels: readonly Pick<Label, 'id' | 'name'>[],
  scheme: Scheme,
): Categories {
  const keys = keysOf(coloring, facts);
  const counts = new Map<number, number>();
  keys.forEach((key: number, index: number) => {
    if (facts.hidden[index] !== 0) return;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const list = [...marksOf(coloring, labels, scheme), none(scheme)]
    .map((category) => ({ ...category, count: counts.get(category.key) ?? 0 }))
    .filter(({ count }) => count > 0);
  return { list, keys };
}

function keysOf(coloring: MapColoring, facts: MapFacts): Uint8Array | Uint32Array {
  switch (coloring) {
    case 'label':
      return facts.labels;
    case 'split':
      return facts.splits;
    case 'suggestion':
      return facts.suggestions;
    case 'agreement':
      return facts.agreements;
  }
}

type Uncounted = Omit<Category, 'count'>;

function marksOf(
  coloring: MapColoring,
  labels: readonly Pick<Label, 'id' | 'name'>[],
  scheme: Scheme,
): Uncounted[] {
  const colors = schemeColors[scheme];
  switch (coloring) {
    case 'label':
    case 'suggestion':
      // More labels than marks: the rest look alike and have names and counts of their own.
      return labels.map(({ id, name }, place) => ({
        key: id,
        name,
        mark: labelMark(place, scheme) ?? { color: colors.none, shape: 'diamond' },
      }));
    case 'split':
      return splits.map((split, index) => ({
        key: index + 1,
        mark: {
          color: colors[split],
          shape: ({ train: 'circle', validation: 'triangle', test: 'square' } as const)[split],
        },
      }));
    case 'agreement':
      return [
        { key: agreements.disagrees, mark: { color: colors.disagrees, shape: 'diamond' } },
        { key: agreements.agrees, mark: { color: colors.agrees, shape: 'circle' } },
      ];
  }
}

const none = (scheme: Scheme): Uncounted => ({
  key: 0,
  mark: { color: schemeColors[scheme].none, shape: 'circle' },
});
