import type { StudioClient } from '@shared/api/contract';
import type { CompanionPage, PairingCode } from '@shared/domain/companion-page';
import type { DeviceId } from '@shared/domain/device';
import { createStore } from 'zustand/vanilla';

export interface CompanionPageState {
  /** Absent until it was asked for. */
  page?: CompanionPage;
  /** Shown now. */
  code?: PairingCode;
  load(): Promise<void>;
  turnOn(reach: { wifi: boolean; https: boolean }): Promise<void>;
  turnOff(): Promise<void>;
  showCode(): Promise<void>;
  hideCode(): void;
  openOnPhone(deviceId: DeviceId): Promise<void>;
  revoke(phoneId: DeviceId): Promise<void>;
}

/** The page in phones' browsers, and the phones that may use it. It belongs to no project. */
export function createCompanionPageStore(client: StudioClient) {
  const store = createStore<CompanionPageState>()((set) => ({
    async load() {
      set({ page: await client.call('companionPage.state', {}) });
    },
    async turnOn(reach) {
      set({ page: await client.call('companionPage.turnOn', reach), code: undefined });
    },
    async turnOff() {
      set({ page: await client.call('companionPage.turnOff', {}), code: undefined });
    },
    async showCode() {
      set({ code: await client.call('companionPage.offer', {}) });
    },
    hideCode: () => set({ code: undefined }),
    async openOnPhone(deviceId) {
      await client.call('companionPage.openOnPhone', { deviceId });
    },
    async revoke(phoneId) {
      set({ page: await client.call('companionPage.revoke', { phoneId }) });
    },
  }));
  client.on('companionPage.changed', (page) => {
    const { page: before } = store.getState();
    const known = new Set(before?.phones.map(({ id }) => id));
    // The code is spent as soon as a phone is paired by it.
    const isPaired = before !== undefined && page.phones.some(({ id }) => !known.has(id));
    store.setState(isPaired ? { page, code: undefined } : { page });
  });
  return store;
}
