import { createRequire } from 'node:module';
import type { LibraryCandidates } from './find-libraries';

/** An address, as koffi hands it out; null is none. */
export type Pointer = bigint | null;
type Out<Value> = [Value];

/** What this program uses of koffi, an optional package: its own types may not be there. */
interface Koffi {
  load(file: string): { func(declaration: string): (...values: unknown[]) => unknown };
  decode(address: Pointer, offset: number, type: string): unknown;
  proto(declaration: string): object;
  pointer(type: object): object;
  register(callback: () => void, type: object): Pointer;
}

/**
 * The part of libimobiledevice's C API (1.3 and 1.4) that is used here. Each function's error is 0
 * when all is well; which number means what depends on the family (lockdownd, AFC, …).
 */
export interface IosLibrary {
  idevice_get_device_list(devices: Out<Pointer>, count: Out<number>): number;
  idevice_device_list_free(devices: Pointer): number;
  idevice_new(device: Out<Pointer>, udid: string): number;
  idevice_free(device: Pointer): number;
  idevice_event_subscribe(callback: Pointer, data: null): number;
  lockdownd_client_new(device: Pointer, client: Out<Pointer>, label: string): number;
  lockdownd_client_new_with_handshake(device: Pointer, client: Out<Pointer>, label: string): number;
  lockdownd_client_free(client: Pointer): number;
  lockdownd_get_value(client: Pointer, domain: null, key: string, value: Out<Pointer>): number;
  lockdownd_pair(client: Pointer, record: null): number;
  lockdownd_start_service(client: Pointer, name: string, service: Out<Pointer>): number;
  lockdownd_start_service_with_escrow_bag(
    client: Pointer,
    name: string,
    service: Out<Pointer>,
  ): number;
  lockdownd_service_descriptor_free(service: Pointer): number;
  house_arrest_client_new(device: Pointer, service: Pointer, client: Out<Pointer>): number;
  house_arrest_send_command(client: Pointer, command: string, appId: string): number;
  house_arrest_get_result(client: Pointer, result: Out<Pointer>): number;
  afc_client_new_from_house_arrest_client(client: Pointer, afc: Out<Pointer>): number;
  afc_client_new(device: Pointer, service: Pointer, afc: Out<Pointer>): number;
  afc_get_device_info_key(afc: Pointer, key: string, value: Out<string | null>): number;
  afc_read_directory(afc: Pointer, path: string, names: Out<Pointer>): number;
  afc_get_file_info(afc: Pointer, path: string, facts: Out<Pointer>): number;
  afc_dictionary_free(dictionary: Pointer): number;
  afc_make_directory(afc: Pointer, path: string): number;
  afc_file_open(afc: Pointer, path: string, mode: number, handle: Out<number | bigint>): number;
  afc_file_close(afc: Pointer, handle: number): number;
  afc_file_read(
    afc: Pointer,
    handle: number,
    into: Uint8Array,
    bytes: number,
    done: Out<number>,
  ): number;
  afc_file_write(
    afc: Pointer,
    handle: number,
    from: Uint8Array,
    bytes: number,
    done: Out<number>,
  ): number;
  afc_rename_path(afc: Pointer, from: string, to: string): number;
  afc_remove_path(afc: Pointer, path: string): number;
  instproxy_client_new(device: Pointer, service: Pointer, client: Out<Pointer>): number;
  instproxy_client_free(client: Pointer): number;
  instproxy_lookup(
    client: Pointer,
    appIds: (string | null)[],
    options: null,
    result: Out<Pointer>,
  ): number;
  plist_free(node: Pointer): void;
  plist_dict_get_item(dictionary: Pointer, key: string): Pointer;
  plist_get_string_val(node: Pointer, value: Out<string | null>): void;
  plist_get_bool_val(node: Pointer, value: Out<number>): void;
}

const ofDevices = [
  'int idevice_get_device_list(_Out_ void **devices, _Out_ int *count)',
  'int idevice_device_list_free(void *devices)',
  'int idevice_new(_Out_ void **device, const char *udid)',
  'int idevice_free(void *device)',
  'int idevice_event_subscribe(void *callback, void *data)',
  'int lockdownd_client_new(void *device, _Out_ void **client, const char *label)',
  'int lockdownd_client_new_with_handshake(void *device, _Out_ void **client, const char *label)',
  'int lockdownd_client_free(void *client)',
  'int lockdownd_get_value(void *client, const char *domain, const char *key, _Out_ void **value)',
  'int lockdownd_pair(void *client, void *record)',
  'int lockdownd_start_service(void *client, const char *name, _Out_ void **service)',
  'int lockdownd_start_service_with_escrow_bag(void *client, const char *name, _Out_ void **service)',
  'int lockdownd_service_descriptor_free(void *service)',
  'int house_arrest_client_new(void *device, void *service, _Out_ void **client)',
  'int house_arrest_send_command(void *client, const char *command, const char *appid)',
  'int house_arrest_get_result(void *client, _Out_ void **result)',
  'int afc_client_new_from_house_arrest_client(void *client, _Out_ void **afc)',
  'int afc_client_new(void *device, void *service, _Out_ void **afc)',
  'int afc_get_device_info_key(void *afc, const char *key, _Out_ const char **value)',
  'int afc_read_directory(void *afc, const char *path, _Out_ void **names)',
  'int afc_get_file_info(void *afc, const char *path, _Out_ void **facts)',
  'int afc_dictionary_free(void *dictionary)',
  'int afc_make_directory(void *afc, const char *path)',
  'int afc_file_open(void *afc, const char *path, int mode, _Out_ uint64_t *handle)',
  'int afc_file_close(void *afc, uint64_t handle)',
  'int afc_file_read(void *afc, uint64_t handle, void *into, uint32_t bytes, _Out_ uint32_t *done)',
  'int afc_file_write(void *afc, uint64_t handle, void *from, uint32_t bytes, _Out_ uint32_t *done)',
  'int afc_rename_path(void *afc, const char *from, const char *to)',
  'int afc_remove_path(void *afc, const char *path)',
  'int instproxy_client_new(void *device, void *service, _Out_ void **client)',
  'int instproxy_client_free(void *client)',
  'int instproxy_lookup(void *client, const char **appids, void *options, _Out_ void **result)',
];

const ofPlists = [
  'void plist_free(void *node)',
  'void *plist_dict_get_item(void *dictionary, const char *key)',
  'void plist_get_string_val(void *node, _Out_ const char **value)',
  'void plist_get_bool_val(void *node, _Out_ uint8_t *value)',
];

const requireHere = createRequire(import.meta.url);
const loadKoffi = () => requireHere('koffi') as Koffi;

export interface OpenedLibrary {
  library: IosLibrary;
  /** Which file it came out of. */
  file: string;
}

/** @throws Error when neither file of a library can be loaded, with what the loader said. */
export function openIosLibrary(candidates: LibraryCandidates): OpenedLibrary {
  const koffi = loadKoffi();
  const devices = openFirst(koffi, candidates.imobiledevice);
  const plists = openFirst(koffi, candidates.plist);
  const functions = [
    ...ofDevices.map((text) => [nameIn(text), devices.opened.func(text)]),
    ...ofPlists.map((text) => [nameIn(text), plists.opened.func(text)]),
  ];
  return { library: Object.fromEntries(functions) as IosLibrary, file: devices.file };
}

const nameIn = (declaration: string) => /(\w+)\(/.exec(declaration)?.[1] ?? '';

function openFirst(koffi: Koffi, files: readonly string[]) {
  let problem: unknown;
  for (const file of files) {
    try {
      return { opened: koffi.load(file), file };
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

/** The texts of a `char **` that ends with a null pointer. */
export function textsAt(address: Pointer): string[] {
  const texts: string[] = [];
  for (;;) {
    const text = loadKoffi().decode(address, 8 * texts.length, 'const char *');
    if (typeof text !== 'string') return texts;
    texts.push(text);
  }
}

/** Calls back when a phone comes or goes; from then on for as long as the process lives. */
export function subscribe(library: IosLibrary, onChange: () => void): number {
  const koffi = loadKoffi();
  const type = koffi.pointer(koffi.proto('void PocketlensEvent(void *event, void *data)'));
  return library.idevice_event_subscribe(koffi.register(onChange, type), null);
}
