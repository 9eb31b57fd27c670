import type { MethodInput, MethodOutput, StudioClient } from '@shared/api/contract';
import { companionTarget, type Deployment, type PushTarget } from '@shared/domain/deployment';
import type { Device, DeviceId, DeviceTool } from '@shared/domain/device';
import type { ModelId } from '@shared/domain/model';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';

type Pushes = MethodOutput<'deploy.pushes'>['pushes'];

export interface PhonesState {
  /** Absent until phones are looked for. */
  devices?: readonly Device[];
  tools: readonly DeviceTool[];
  targets: readonly PushTarget[];
  /** Newest first. */
  deployments: readonly Deployment[];
  pushes: Pushes;
  /** Where pushes go; the target of the newest push when absent. */
  targetId?: string;
  isWatching: boolean;
  /** Looks for phones from now on. */
  watch(): Promise<void>;
  connect(address: string): Promise<void>;
  /** Has a phone allow this computer over Wi-Fi, by the code that it shows. */
  pair(address: string, code: string): Promise<MethodOutput<'devices.pair'>>;
  /** Phones in the network whose pairing dialog is open. */
  waiting(): Promise<MethodOutput<'devices.waiting'>['phones']>;
  /** Has the studio use another adb, or look for one again. */
  chooseAdb(path?: string): Promise<void>;
  chooseTarget(targetId: string): void;
  push(modelIds: ModelId[], deviceIds: DeviceId[]): Promise<void>;
  /** Puts the companion app on a phone, or its newest form, and pushes into it. */
  installAndPush(modelIds: ModelId[], deviceId: DeviceId): Promise<void>;
  rollBack(deviceId: DeviceId, targetId: string): Promise<void>;
  saveTarget(target: MethodInput<'deploy.saveTarget'>): Promise<void>;
  removeTarget(targetId: string): Promise<void>;
  refresh(): Promise<void>;
  reset(): void;
}

const nothing = { targets: [], deployments: [], pushes: [], targetId: undefined };

/** Phones, and what this project brought to them. */
export function createPhonesStore(client: StudioClient) {
  const store = createStore<PhonesState>()((set, get) => ({
    ...nothing,
    tools: [],
    isWatching: false,
    async watch() {
      set({ isWatching: true });
      set(await client.call('devices.list', { watch: true }));
    },
    async connect(address) {
      await client.call('devices.connect', { address });
    },
    pair: (address, code) => client.call('devices.pair', { address, code }),
    waiting: async () => (await client.call('devices.waiting', {})).phones,
    async chooseAdb(path) {
      const { tool } = await client.call('devices.chooseAdb', { path });
      set(({ tools }) => ({ tools: tools.map((one) => (one.name === tool.name ? tool : one)) }));
    },
    chooseTarget: (targetId) => set({ targetId }),
    async push(modelIds, deviceIds) {
      await client.call('deploy.push', { modelIds, deviceIds, targetId: chosenTarget(get()) });
    },
    async installAndPush(modelIds, deviceId) {
      const targetId = companionTarget.id;
      await client.call('deploy.push', {
        modelIds,
        deviceIds: [deviceId],
        targetId,
        installApp: true,
      });
    },
    async rollBack(deviceId, targetId) {
      await client.call('deploy.rollBack', { deviceId, targetId });
    },
    async saveTarget(target) {
      const saved = await client.call('deploy.saveTarget', target);
      set({ targetId: saved.target.id });
    },
    async removeTarget(targetId) {
      await client.call('deploy.removeTarget', { targetId });
      set({ targetId: undefined });
    },
    refresh: coalesce(async () => {
      // The program that comes back after a lost connection watches for nobody yet.
      if (get().isWatching) set(await client.call('devices.list', { watch: true }));
      set(await client.call('deploy.pushes', {}));
    }),
    reset: () => set(nothing),
  }));
  client.on('devices.changed', (phones) => store.setState(phones));
  return store;
}

/** The target that pushes go to. */
export function chosenTarget({
  targetId,
  targets,
  deployments,
}: Pick<PhonesState, 'targetId' | 'targets' | 'deployments'>): string {
  const isThere = (id: string | undefined) => targets.some((target) => target.id === id);
  const newest = deployments[0]?.target.id;
  if (targetId !== undefined && isThere(targetId)) return targetId;
  return newest !== undefined && isThere(newest) ? newest : 'companion';
}
