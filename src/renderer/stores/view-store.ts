import type { LabelId } from '@shared/domain/label';
import type { PhotoId } from '@shared/domain/photo';
import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';

/** In the order of the rail. */
export const placeIds = [
  'photos',
  'issues',
  'map',
  'versions',
  'label',
  'corrections',
  'train',
  'compare',
  'deploy',
] as const;
export type PlaceId = (typeof placeIds)[number];

/** From a contact sheet to one photo or two beside each other. */
export const thumbnailSizes = { smallest: 48, largest: 640, usual: 128 };

export interface ViewState {
  colorScheme: 'dark' | 'light';
  place: PlaceId;
  inspectorOpen: boolean;
  labelsOpen: boolean;
  /** Side of a grid cell in CSS pixels. */
  thumbnailSize: number;
  trayOpen: boolean;
  keysOpen: boolean;
  /** One photo fills the Photos place. */
  loupeOpen: boolean;
  loupeZoomed: boolean;
  /** The photo that is shown large over a gallery. */
  lookedAt?: PhotoId;
  /** Open report of an import: its id, or the newest one. */
  importReport?: { importId?: string };
  splitEditorOpen: boolean;
  /** Photos are taken with a camera, of this label. */
  capture?: { labelId?: LabelId };
  exportOpen: boolean;
  /** Photos are chosen on a phone. */
  phonePhotosOpen: boolean;
  /** Suggestions of at least this probability are accepted together, 0..1. */
  acceptThreshold: number;
  /** Sweeping over photos labels them with the brush. */
  painting: boolean;
  brush?: LabelId;
  jumpOpen: boolean;
  goTo(place: PlaceId): void;
  set(change: Partial<Omit<ViewState, 'goTo' | 'set'>>): void;
}

/** A size some steps larger or smaller; ten steps are about a doubling. */
export function zoomedSize(size: number, steps: number): number {
  const { smallest, largest } = thumbnailSizes;
  return Math.round(Math.min(largest, Math.max(smallest, size * 1.07 ** steps)));
}

/** What the window shows. Sizes and open panels outlive it; what is being done does not. */
export function createViewStore(storage: StateStorage = localStorage) {
  return createStore<ViewState>()(
    persist(
      (set) => ({
        colorScheme: 'dark',
        place: 'photos',
        inspectorOpen: true,
        labelsOpen: true,
        thumbnailSize: thumbnailSizes.usual,
        trayOpen: false,
        keysOpen: false,
        loupeOpen: false,
        loupeZoomed: false,
        splitEditorOpen: false,
        exportOpen: false,
        phonePhotosOpen: false,
        acceptThreshold: 0.9,
        painting: false,
        jumpOpen: false,
        goTo: (place) =>
          set({
            place,
            loupeOpen: false,
            loupeZoomed: false,
            lookedAt: undefined,
            painting: false,
            brush: undefined,
          }),
        set: (change) => set(change),
      }),
      {
        name: 'pocketlens-view',
        storage: createJSONStorage(() => storage),
        partialize: ({
          colorScheme,
          inspectorOpen,
          labelsOpen,
          thumbnailSize,
          acceptThreshold,
        }) => ({ colorScheme, inspectorOpen, labelsOpen, thumbnailSize, acceptThreshold }),
      },
    ),
  );
}
