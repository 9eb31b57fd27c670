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
  'train',
  'compare',
  'deploy',
] as const;
export type PlaceId = (typeof placeIds)[number];

export const thumbnailSizes = { smallest: 72, largest: 280, usual: 128 };

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
  goTo(place: PlaceId): void;
  set(change: Partial<Omit<ViewState, 'goTo' | 'set'>>): void;
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
        goTo: (place) => set({ place, loupeOpen: false, loupeZoomed: false, lookedAt: undefined }),
        set: (change) => set(change),
      }),
      {
        name: 'pocketlens-view',
        storage: createJSONStorage(() => storage),
        partialize: ({ colorScheme, inspectorOpen, labelsOpen, thumbnailSize }) => ({
          colorScheme,
          inspectorOpen,
          labelsOpen,
          thumbnailSize,
        }),
      },
    ),
  );
}
