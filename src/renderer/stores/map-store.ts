import type { MethodOutput, StudioClient } from '@shared/api/contract';
import type { MapState } from '@shared/api/map-api';
import type { LabelId } from '@shared/domain/label';
import { unpackBytes, unpackFloat32, unpackUint32 } from '@shared/domain/packed-numbers';
import type { PhotoId } from '@shared/domain/photo';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';

/** Where the photos lie, ascending by id; positions x, y by turns, -1..1. */
export interface MapPoints {
  layout: number;
  photoIds: Uint32Array;
  positions: Float32Array;
}

/** What is known of each point, in the same order; see `map.facts`. */
export interface MapFacts {
  labels: Uint32Array;
  splits: Uint8Array;
  suggestions: Uint32Array;
  agreements: Uint8Array;
  hidden: Uint8Array;
}

export const mapColorings = ['label', 'split', 'suggestion', 'agreement'] as const;
export type MapColoring = (typeof mapColorings)[number];

/** What of the map is looked at: the point in the middle, and CSS pixels a unit. */
export interface MapCamera {
  x: number;
  y: number;
  scale: number;
}

export interface MapStoreState {
  /** Absent until the project's first answer. */
  overview?: MapState;
  /** Loaded while the map is shown. */
  points?: MapPoints;
  facts?: MapFacts;
  coloring: MapColoring;
  /** The only category that is shown in full: a label, split or agreement by number; 0 for none. */
  highlight?: number;
  tool: 'move' | 'lasso';
  selected: ReadonlySet<PhotoId>;
  /** Absent: all of the map. */
  camera?: MapCamera;
  /** Of the canvas, in CSS pixels. */
  size: { width: number; height: number };
  set(
    change: Partial<
      Pick<MapStoreState, 'coloring' | 'highlight' | 'tool' | 'selected' | 'camera' | 'size'>
    >,
  ): void;
  /** The map came on screen: loads what it shows, and keeps it fresh from now on. */
  open(): Promise<void>;
  close(): void;
  refresh(): Promise<void>;
  /** Loads anew what is known of these photos, or of all; nothing while the map is not shown. */
  refreshFacts(photoIds?: readonly PhotoId[]): Promise<void>;
  /** Shows a label before the program has confirmed it. */
  foreseeLabel(photoIds: readonly PhotoId[], labelId: LabelId): void;
  reset(): void;
}

const nothing = {
  overview: undefined,
  points: undefined,
  facts: undefined,
  highlight: undefined,
  selected: new Set<PhotoId>(),
  camera: undefined,
};

export function createMapStore(client: StudioClient) {
  let isShown = false;
  /** Answers to questions asked before another project was opened are dropped. */
  let generation = 0;

  return createStore<MapStoreState>()((set, get) => {
    async function loadOverview(): Promise<void> {
      const asked = generation;
      const overview = await client.call('map.state', {});
      if (asked === generation) set({ overview });
    }

    async function loadAll(): Promise<void> {
      const asked = generation;
      await loadOverview();
      if (!isShown) return;
      const layout = get().overview?.layout ?? 0;
      const known = get().points;
      const [points, answer] = await Promise.all([
        known?.layout === layout ? known : client.call('map.points', {}).then(toPoints),
        client.call('map.facts', {}),
      ]);
      // Drawn anew in between: the event that says so loads the rest.
      if (asked !== generation || answer.layout !== points.layout) return;
      set({
        points,
        facts: toFacts(answer),
        ...(known && known.layout !== layout ? { camera: undefined } : {}),
      });
    }

    async function loadFactsOf(photoIds: readonly PhotoId[]): Promise<void> {
      const { points } = get();
      if (!points) return;
      const rows = photoIds
        .map((photoId) => ({ photoId, index: indexOfPhoto(points, photoId) }))
        .filter(({ index }) => index >= 0);
      if (rows.length === 0) return;
      const answer = await client.call('map.facts', {
        photoIds: rows.map(({ photoId }) => photoId),
      });
      const { facts, points: pointsNow } = get();
      if (!facts || pointsNow !== points || answer.layout !== points.layout) return;
      const indices = rows.map(({ index }) => index);
      set({ facts: mergeFacts(facts, indices, toFacts(answer)) });
    }

    const refresh = coalesce(loadAll, 250);
    const refreshOverview = coalesce(loadOverview, 1000);

    return {
      ...nothing,
      coloring: 'label',
      tool: 'move',
      size: { width: 0, height: 0 },
      set: (change) => set(change),
      async open() {
        isShown = true;
        await refresh();
      },
      close() {
        isShown = false;
      },
      refresh,
      async refreshFacts(photoIds) {
        if (!isShown) return;
        if (photoIds === undefined) return refresh();
        await Promise.all([loadFactsOf(photoIds), refreshOverview()]);
      },
      foreseeLabel(photoIds, labelId) {
        const { points, facts } = get();
        if (!points || !facts) return;
        const labels = facts.labels.slice();
        for (const photoId of photoIds) {
          const index = indexOfPhoto(points, photoId);
          if (index >= 0) labels[index] = labelId;
        }
        set({ facts: { ...facts, labels } });
      },
      reset() {
        generation += 1;
        set(nothing);
      },
    };
  });
}

/** Where a photo stands among the points; -1: it is not on the map. */
export function indexOfPhoto({ photoIds }: MapPoints, photoId: PhotoId): number {
  let [low, high] = [0, photoIds.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = photoIds[middle] ?? 0;
    if (found === photoId) return middle;
    if (found < photoId) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

const toPoints = ({ layout, photoIds, positions }: MethodOutput<'map.points'>): MapPoints => ({
  layout,
  photoIds: unpackUint32(photoIds),
  positions: unpackFloat32(positions),
});

const toFacts = (answer: MethodOutput<'map.facts'>): MapFacts => ({
  labels: unpackUint32(answer.labels),
  splits: unpackBytes(answer.splits),
  suggestions: unpackUint32(answer.suggestions),
  agreements: unpackBytes(answer.agreements),
  hidden: unpackBytes(answer.hidden),
});

function mergeFacts(facts: MapFacts, indices: readonly number[], newer: MapFacts): MapFacts {
  const merged: MapFacts = {
    labels: facts.labels.slice(),
    splits: facts.splits.slice(),
    suggestions: facts.suggestions.slice(),
    agreements: facts.agreements.slice(),
    hidden: facts.hidden.slice(),
  };
  indices.forEach((index, row) => {
    merged.labels[index] = newer.labels[row] ?? 0;
    merged.splits[index] = newer.splits[row] ?? 0;
    merged.suggestions[index] = newer.suggestions[row] ?? 0;
    merged.agreements[index] = newer.agreements[row] ?? 0;
    merged.hidden[index] = newer.hidden[row] ?? 1;
  });
  return merged;
}
