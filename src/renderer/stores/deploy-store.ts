import type { StudioClient } from '@shared/api/contract';
import type { ModelId } from '@shared/domain/model';
import { createStore } from 'zustand/vanilla';
import type { StudioHost } from '../host/studio-host';

export interface DeployState {
  /** The model that the Deploy place shows; the usual one when absent. */
  selectedId?: ModelId;
  select(modelId: ModelId): void;
  /** Exports into a folder that is asked for, or, where a host has no dialog, as a download. */
  exportModel(modelId: ModelId): Promise<void>;
  reset(): void;
}

export function createDeployStore(client: StudioClient, host: StudioHost) {
  return createStore<DeployState>()((set) => ({
    select: (selectedId) => set({ selectedId }),
    async exportModel(modelId) {
      if (!host.choosePlace) {
        await client.call('deploy.exportModel', { modelId });
        return;
      }
      const place = await host.choosePlace('export');
      if (place) await client.call('deploy.exportModel', { modelId, placeId: place.placeId });
    },
    reset: () => set({ selectedId: undefined }),
  }));
}
