import type { MethodOutput, StudioClient } from '@shared/api/contract';
import type { DeviceId } from '@shared/domain/device';
import type { ModelId } from '@shared/domain/model';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';

type Listed = MethodOutput<'phoneMeasurements.list'>;

export interface PhoneMeasurementsState extends Listed {
  measure(deviceId: DeviceId, modelIds: ModelId[], targetId: string): Promise<void>;
  refresh(): Promise<void>;
  reset(): void;
}

const nothing: Listed = { measurements: [], jobs: [] };

/** What phones answered to test photos, and the newest such job of each. */
export function createPhoneMeasurementsStore(client: StudioClient) {
  return createStore<PhoneMeasurementsState>()((set) => ({
    ...nothing,
    async measure(deviceId, modelIds, targetId) {
      await client.call('phoneMeasurements.measure', { deviceId, modelIds, targetId });
    },
    refresh: coalesce(async () => {
      set(await client.call('phoneMeasurements.list', {}));
    }),
    reset: () => set(nothing),
  }));
}
