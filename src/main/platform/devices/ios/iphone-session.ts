import { createHash, type Hash } from 'node:crypto';
import type { DeviceFile } from '../device-transport';
import { type IosLibrary, type Pointer, textsAt } from './ios-library';
import type { Failure, FailureFamily, IphoneCalls, IphoneLook } from './iphone-calls';

const label = 'pocketlens';

export class CallError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.text);
  }
}

/** lockdown.h */
const lockdown = { invalidConfiguration: -2, dialogPending: -19, unknownHost: -21 };
/** afc.h */
const afcNotFound = 8;
const afcShortWrite = 5;
const modes = { read: 1, write: 3 };

/** All that is done with libimobiledevice; calls block, so it lives in a process of its own. */
export function createIphoneSession(library: IosLibrary): IphoneCalls {
  let disk: Pointer = null;
  const hashes = new Map<number, Hash>();

  function check(family: FailureFamily, name: string, code: number): void {
    if (code !== 0) throw new CallError({ family, code, text: `${name}: ${code}` });
  }

  function make(family: FailureFamily, name: string, call: (made: [Pointer]) => number): Pointer {
    const made: [Pointer] = [null];
    check(family, name, call(made));
    return made[0];
  }

  function onDevice<Result>(udid: string, work: (device: Pointer) => Result): Result {
    const device = make('device', 'idevice_new', (made) => library.idevice_new(made, udid));
    try {
      return work(device);
    } finally {
      library.idevice_free(device);
    }
  }

  function withHandshake<Result>(device: Pointer, work: (client: Pointer) => Result): Result {
    const client = make('lockdown', 'handshake', (made) =>
      library.lockdownd_client_new_with_handshake(device, made, label),
    );
    try {
      return work(client);
    } finally {
      library.lockdownd_client_free(client);
    }
  }

  /** With the keys that open files while the screen is locked, where the pairing has them. */
  function startService(device: Pointer, name: string): Pointer {
    return withHandshake(device, (client) => {
      const service: [Pointer] = [null];
      let code = library.lockdownd_start_service_with_escrow_bag(client, name, service);
      if (code === lockdown.invalidConfiguration) {
        code = library.lockdownd_start_service(client, name, service);
      }
      check('lockdown', name, code);
      return service[0];
    });
  }

  function withService<Result>(device: Pointer, name: string, work: (service: Pointer) => Result) {
    const service = startService(device, name);
    try {
      return work(service);
    } finally {
      library.lockdownd_service_descriptor_free(service);
    }
  }

  function textAt(node: Pointer): string | undefined {
    if (node === null) return undefined;
    const value: [string | null] = [null];
    library.plist_get_string_val(node, value);
    return value[0] ?? undefined;
  }

  function identify(client: Pointer): Omit<IphoneLook, 'code'> {
    const value = (key: string) => {
      const found: [Pointer] = [null];
      if (library.lockdownd_get_value(client, null, key, found) !== 0) return undefined;
      const text = textAt(found[0]);
      library.plist_free(found[0]);
      return text;
    };
    const known = {
      name: value('DeviceName'),
      productType: value('ProductType'),
      osVersion: value('ProductVersion'),
    };
    return Object.fromEntries(Object.entries(known).filter(([, text]) => text !== undefined));
  }

  function handshake(device: Pointer): number {
    const client: [Pointer] = [null];
    const code = library.lockdownd_client_new_with_handshake(device, client, label);
    if (code === 0) library.lockdownd_client_free(client[0]);
    return code;
  }

  /** The library asks to be trusted by itself, but not once more by a phone that forgot it. */
  function trust(device: Pointer, client: Pointer): number {
    const code = handshake(device);
    if (code !== lockdown.unknownHost) return code;
    const paired = library.lockdownd_pair(client, null);
    if (paired === lockdown.dialogPending) return code;
    return paired === 0 ? handshake(device) : paired;
  }

  function isTrue(node: Pointer): boolean {
    const value: [number] = [0];
    if (node !== null) library.plist_get_bool_val(node, value);
    return value[0] !== 0;
  }

  function factsOf(path: string): Map<string, string> | undefined {
    const found: [Pointer] = [null];
    const code = library.afc_get_file_info(disk, path, found);
    if (code === afcNotFound) return undefined;
    check('afc', `afc_get_file_info ${path}`, code);
    const texts = textsAt(found[0]);
    library.afc_dictionary_free(found[0]);
    return new Map(
      texts.flatMap((text, index) => (index % 2 ? [] : [[text, texts[index + 1] ?? '']])),
    );
  }

  function describe(folder: string, name: string): DeviceFile[] {
    const facts = factsOf(`${folder}/${name}`);
    // It may have gone meanwhile.
    if (!facts) return [];
    return [
      {
        name,
        bytes: Number(facts.get('st_size') ?? 0),
        modifiedMs: Math.round(Number(facts.get('st_mtime') ?? 0) / 1e6),
        isFolder: facts.get('st_ifmt') === 'S_IFDIR',
      },
    ];
  }

  function read(handle: number, bytes: number): Uint8Array {
    const into = new Uint8Array(bytes);
    const done: [number] = [0];
    check('afc', 'afc_file_read', library.afc_file_read(disk, handle, into, bytes, done));
    return into.subarray(0, done[0]);
  }

  return {
    list() {
      const devices: [Pointer] = [null];
      const count: [number] = [0];
      check('device', 'idevice_get_device_list', library.idevice_get_device_list(devices, count));
      const udids = textsAt(devices[0]);
      library.idevice_device_list_free(devices[0]);
      // One that is also reached over Wi-Fi is listed twice.
      return [...new Set(udids)];
    },
    look: (udid) =>
      onDevice(udid, (device) => {
        const client: [Pointer] = [null];
        const code = library.lockdownd_client_new(device, client, label);
        if (code !== 0) return { code };
        try {
          return { ...identify(client[0]), code: trust(device, client[0]) };
        } finally {
          library.lockdownd_client_free(client[0]);
        }
      }),
    presence: (udid, appId) =>
      onDevice(udid, (device) =>
        withService(device, 'com.apple.mobile.installation_proxy', (service) => {
          const client = make('lockdown', 'instproxy_client_new', (made) =>
            library.instproxy_client_new(device, service, made),
          );
          const result = make('lockdown', 'instproxy_lookup', (made) =>
            library.instproxy_lookup(client, [appId, null], null, made),
          );
          try {
            const app = library.plist_dict_get_item(result, appId);
            if (app === null) return 'missing';
            const shares = library.plist_dict_get_item(app, 'UIFileSharingEnabled');
            return isTrue(shares) ? 'ready' : 'sharing-off';
          } finally {
            library.plist_free(result);
            library.instproxy_client_free(client);
          }
        }),
      ),
    openDisk(udid, appId) {
      // Kept, with all that hangs on it, until the process ends.
      const device = make('device', 'idevice_new', (made) => library.idevice_new(made, udid));
      if (appId === undefined) {
        disk = withService(device, 'com.apple.afc', (service) =>
          make('afc', 'afc_client_new', (made) => library.afc_client_new(device, service, made)),
        );
        return;
      }
      disk = withService(device, 'com.apple.mobile.house_arrest', (service) => {
        const house = make('house-arrest', 'house_arrest_client_new', (made) =>
          library.house_arrest_client_new(device, service, made),
        );
        check(
          'house-arrest',
          'VendDocuments',
          library.house_arrest_send_command(house, 'VendDocuments', appId),
        );
        const result = make('house-arrest', 'house_arrest_get_result', (made) =>
          library.house_arrest_get_result(house, made),
        );
        const problem = textAt(library.plist_dict_get_item(result, 'Error'));
        library.plist_free(result);
        if (problem !== undefined) {
          throw new CallError({ family: 'house-arrest', code: 0, text: problem });
        }
        return make('afc', 'afc_client_new_from_house_arrest_client', (made) =>
          library.afc_client_new_from_house_arrest_client(house, made),
        );
      });
    },
    freeBytes() {
      const value: [string | null] = [null];
      check('afc', 'FSFreeBytes', library.afc_get_device_info_key(disk, 'FSFreeBytes', value));
      return Number(value[0]);
    },
    readFolder(path) {
      const found: [Pointer] = [null];
      const code = library.afc_read_directory(disk, path, found);
      if (code === afcNotFound) return [];
      check('afc', `afc_read_directory ${path}`, code);
      const names = textsAt(found[0]);
      library.afc_dictionary_free(found[0]);
      return names
        .filter((name) => name !== '.' && name !== '..')
        .flatMap((name) => describe(path, name));
    },
    sizeOf(path) {
      const size = factsOf(path)?.get('st_size');
      return size === undefined ? undefined : Number(size);
    },
    makeFolder(path) {
      check('afc', `afc_make_directory ${path}`, library.afc_make_directory(disk, path));
    },
    openFile(path, mode) {
      const handle: [number | bigint] = [0];
      const code = library.afc_file_open(disk, path, modes[mode], handle);
      check('afc', `afc_file_open ${path}`, code);
      return Number(handle[0]);
    },
    write(handle, bytes) {
      const done: [number] = [0];
      const code = library.afc_file_write(disk, handle, bytes, bytes.length, done);
      check('afc', 'afc_file_write', code);
      // The library's sender does not look whether all was sent.
      if (done[0] !== bytes.length) check('afc', 'afc_file_write (short)', afcShortWrite);
    },
    read,
    hashOn(handle, bytes) {
      const hash = hashes.get(handle) ?? createHash('sha256');
      hashes.set(handle, hash);
      const chunk = read(handle, bytes);
      hash.update(chunk);
      if (chunk.length > 0) return undefined;
      hashes.delete(handle);
      return hash.digest('hex');
    },
    closeFile(handle) {
      hashes.delete(handle);
      check('afc', 'afc_file_close', library.afc_file_close(disk, handle));
    },
    rename(from, to) {
      check('afc', `afc_rename_path ${to}`, library.afc_rename_path(disk, from, to));
    },
    remove(path) {
      const code = library.afc_remove_path(disk, path);
      if (code !== afcNotFound) check('afc', `afc_remove_path ${path}`, code);
    },
  };
}
