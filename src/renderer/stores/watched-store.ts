import type { StudioClient } from '@shared/api/contract';
import type { WatchedFolder, WatchId } from '@shared/api/watched-api';
import { createStore } from 'zustand/vanilla';
import type { StudioHost } from '../host/studio-host';
import { coalesce } from './coalesce';

export interface WatchedState {
  folders: readonly WatchedFolder[];
  /** Asks for a folder and watches it; nothing when the dialog is dismissed. */
  watch(): Promise<void>;
  setPaused(id: WatchId, paused: boolean): Promise<void>;
  remove(id: WatchId): Promise<void>;
  refresh(): Promise<void>;
  reset(): void;
}

/** Folders whose photos come in by themselves. */
export function createWatchedStore(client: StudioClient, host: StudioHost) {
  return createStore<WatchedState>()((set) => ({
    folders: [],
    async watch() {
      const place = await host.choosePlace?.('watch');
      if (place) await client.call('watched.add', { placeId: place.placeId });
    },
    async setPaused(id, paused) {
      await client.call('watched.setPaused', { id, paused });
    },
    async remove(id) {
      await client.call('watched.remove', { id });
    },
    refresh: coalesce(async () => {
      set({ folders: (await client.call('watched.list', {})).folders });
    }),
    reset: () => set({ folders: [] }),
  }));
}
