import type { MethodOutput } from '@shared/api/contract';
import type { MapState } from '@shared/api/map-api';
import { packNumbers } from '@shared/domain/packed-numbers';
import type { PhotoSummary } from '@shared/domain/photo';
import { splits } from '@shared/domain/split';

/** A map of some photos, in memory. */
export interface FakeMap {
  /** Absent: never drawn. */
  drawnAt?: string;
  layout: number;
  outdated: boolean;
  /** Ids ascending, each with its place. */
  places: { photoId: number; x: number; y: number }[];
  /** Suggested labels by photo. */
  suggestions: Map<number, number>;
  state(): MapState;
  points(): MethodOutput<'map.points'>;
  facts(photoIds?: number[]): MethodOutput<'map.facts'>;
}

export function createFakeMap(photos: () => readonly PhotoSummary[]): FakeMap {
  const map: FakeMap = {
    layout: 0,
    outdated: false,
    places: [],
    suggestions: new Map(),
    state: () => ({
      layout: map.layout,
      photos: map.places.length,
      notOnIt: photos().length - map.places.length,
      outdated: map.outdated,
      ...(map.drawnAt === undefined
        ? {}
        : { drawnAt: map.drawnAt, backbone: 'small-backbone', neighbors: 'exact' as const }),
    }),
    points: () => ({
      layout: map.layout,
      photoIds: packNumbers(Uint32Array.from(map.places, ({ photoId }) => photoId)),
      positions: packNumbers(Float32Array.from(map.places.flatMap(({ x, y }) => [x, y]))),
    }),
    facts(photoIds = map.places.map(({ photoId }) => photoId)) {
      const asked = photoIds.map((id) => photos().find((photo) => photo.id === id));
      const suggested = (photo?: PhotoSummary) => map.suggestions.get(photo?.id ?? 0) ?? 0;
      return {
        layout: map.layout,
        labels: packNumbers(Uint32Array.from(asked, (photo) => photo?.labelId ?? 0)),
        splits: packNumbers(
          Uint8Array.from(asked, (photo) => splits.findIndex((name) => name === photo?.split) + 1),
        ),
        suggestions: packNumbers(Uint32Array.from(asked, suggested)),
        agreements: packNumbers(
          Uint8Array.from(asked, (photo) => {
            if (photo?.labelId === undefined || suggested(photo) === 0) return 0;
            return photo.labelId === suggested(photo) ? 1 : 2;
          }),
        ),
        hidden: packNumbers(Uint8Array.from(asked, (photo) => (photo?.excluded === false ? 0 : 1))),
      };
    },
  };
  return map;
}
