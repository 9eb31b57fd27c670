import { AppError, toShape } from '../../../../shared/api/errors';
import type { Device, DeviceId, DeviceTool } from '../../../../shared/domain/device';
import type { DeviceTransport } from '../device-transport';
import { watchDevices } from '../watch-devices';
import { libraryCandidates } from './find-libraries';
import { explainNoService, stateOfHandshake } from './ios-errors';
import { createIosFolder } from './ios-folder';
import type { IphoneLook } from './iphone-calls';
import { connectIphones, type IphoneConnection } from './iphone-connection';

export interface IosTransportOptions {
  /** The built `iphone-process.ts`, or a test's own. */
  processFile: string;
  platform: NodeJS.Platform;
  environment: Readonly<Record<string, string | undefined>>;
  /** How long a phone may be silent before it counts as stalled. */
  idleMs?: number;
  /** Between two looks while a phone is not ready. */
  pollMs?: number;
}

const prefix = 'ios:';

/** iPhones, through libimobiledevice in processes of their own: one to look, one for each folder. */
export function createIosTransport({
  processFile,
  platform,
  environment,
  idleMs = 20_000,
  pollMs = 1_500,
}: IosTransportOptions): DeviceTransport {
  const ended = new AbortController();
  const candidates = libraryCandidates({ platform, environment });
  const listeners = new Set<() => void>();
  /** Those that said no: asking again would open the dialog again. */
  const denied = new Map<string, Device>();
  let looker: Promise<IphoneConnection> | undefined;

  /** Those who ask at the same moment wait for the same process: one that nobody knows would never end. */
  function look(): Promise<IphoneConnection> {
    looker = livingAfter(looker);
    return looker;
  }

  async function livingAfter(
    before: Promise<IphoneConnection> | undefined,
  ): Promise<IphoneConnection> {
    const connection = await before?.catch(() => undefined);
    if (connection && !connection.ended) return connection;
    if (ended.signal.aborted) {
      throw new AppError('cancelled', 'The studio does not look for iPhones any more.');
    }
    return connectIphones({
      processFile,
      candidates,
      platform,
      environment,
      idleMs,
      onChange() {
        for (const ring of listeners) ring();
      },
    });
  }

  async function describe(udid: string): Promise<Device> {
    const known = denied.get(udid);
    if (known) return known;
    let seen: IphoneLook;
    try {
      seen = await (await look()).ask('look', udid);
    } catch {
      // Unplugged meanwhile, or silent: the others are not to suffer.
      return describeLook(udid, { code: Number.NaN });
    }
    const device = describeLook(udid, seen);
    if (device.state === 'trust-denied') denied.set(udid, device);
    return device;
  }

  async function listPhones(): Promise<Device[]> {
    const udids = await (await look()).ask('list');
    for (const udid of denied.keys()) if (!udids.includes(udid)) denied.delete(udid);
    const devices: Device[] = [];
    for (const udid of udids) devices.push(await describe(udid));
    return devices;
  }

  const udidOf = (id: DeviceId) => id.slice(prefix.length);

  /** Opens a disk and waits until it is there, so that whoever asked hears what is in the way. */
  async function openDisk(id: DeviceId, appId?: string): Promise<IphoneConnection> {
    const connection = await connectIphones({
      processFile,
      candidates,
      platform,
      environment,
      idleMs,
    });
    try {
      await connection.ask('openDisk', udidOf(id), appId);
    } catch (error) {
      connection.end();
      throw error;
    }
    return connection;
  }

  async function openFolder(id: DeviceId, root: string, appId?: string) {
    let opened: IphoneConnection | undefined = await openDisk(id, appId);
    return createIosFolder({
      root,
      async openDisk() {
        const first = opened;
        opened = undefined;
        return first && !first.ended ? first : openDisk(id, appId);
      },
    });
  }

  return {
    platform: 'ios',
    async tool(): Promise<DeviceTool> {
      let location = '';
      try {
        const connection = await look();
        location = connection.file;
        await connection.ask('list');
        return { name: 'libimobiledevice', state: 'ready', location };
      } catch (error) {
        const { code, message, remedy } = toShape(error);
        const isMissing = code === 'tool-missing';
        const service = explainNoService(environment);
        const advice = isMissing ? remedy : service.remedy;
        return {
          name: 'libimobiledevice',
          state: isMissing ? 'missing' : 'failed',
          ...(location === '' ? {} : { location }),
          problem: isMissing ? message : service.message,
          ...(advice === undefined ? {} : { remedy: advice }),
        };
      }
    },
    async list() {
      try {
        return await listPhones();
      } catch {
        // `tool` says why.
        return [];
      }
    },
    watch(listener) {
      const stopped = new AbortController();
      const signal = AbortSignal.any([stopped.signal, ended.signal]);
      void watchDevices({
        look: listPhones,
        follow(onChange, until) {
          listeners.add(onChange);
          return new Promise((resolve) => {
            until.addEventListener('abort', () => {
              listeners.delete(onChange);
              resolve();
            });
          });
        },
        pollMs,
        signal,
        listener,
      });
      return () => stopped.abort();
    },
    appPresence: async (id, appId) => (await look()).ask('presence', udidOf(id), appId),
    async openFolder(id, place) {
      if (place.kind === 'app') return openFolder(id, `/Documents/${place.folder}`, place.appId);
      throw new AppError(
        'device-refused',
        'An iPhone has no plain folders for computers to write to.',
        'Push to an app that shares its files.',
      );
    },
    openPhotos: (id) => openFolder(id, '/DCIM'),
    async dispose() {
      ended.abort();
      (await looker?.catch(() => undefined))?.end();
    },
  };
}

function describeLook(udid: string, { name, productType, osVersion, code }: IphoneLook): Device {
  return {
    id: `${prefix}${udid}`,
    platform: 'ios',
    state: stateOfHandshake(code),
    name: name ?? udid,
    maker: 'Apple',
    ...(productType === undefined ? {} : { model: productType }),
    ...(osVersion === undefined ? {} : { osVersion }),
    connection: 'usb',
  };
}
