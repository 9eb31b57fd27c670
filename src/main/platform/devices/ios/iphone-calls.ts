import type { AppPresence } from '../../../../shared/domain/device';
import type { DeviceFile } from '../device-transport';

/** Who a phone says it is, and what lockdownd answers to a handshake (0: it trusts us). */
export interface IphoneLook {
  name?: string;
  productType?: string;
  osVersion?: string;
  /** `lockdownd_error_t`, or that of the connection to the phone. */
  code: number;
}

/**
 * What the process that holds libimobiledevice does, one call after another. One life of the
 * process has at most one open disk.
 */
export interface IphoneCalls {
  /** UDIDs of the phones that are plugged in. */
  list(): string[];
  look(udid: string): IphoneLook;
  presence(udid: string, appId: string): AppPresence;
  /** Opens an app's Documents, or without an app the phone's pictures. */
  openDisk(udid: string, appId?: string): void;
  freeBytes(): number;
  readFolder(path: string): DeviceFile[];
  /** undefined when there is nothing. */
  sizeOf(path: string): number | undefined;
  makeFolder(path: string): void;
  openFile(path: string, mode: 'read' | 'write'): number;
  write(handle: number, bytes: Uint8Array): void;
  /** Empty at the end of the file. */
  read(handle: number, bytes: number): Uint8Array;
  /** Reads on and hashes; returns the sha256 of the whole file once it has ended. */
  hashOn(handle: number, bytes: number): string | undefined;
  closeFile(handle: number): void;
  rename(from: string, to: string): void;
  /** No error when it is not there. */
  remove(path: string): void;
}

/** Which table a number is to be looked up in. */
export type FailureFamily = 'library' | 'device' | 'lockdown' | 'house-arrest' | 'afc';

export interface Failure {
  family: FailureFamily;
  code: number;
  /** What was called, or what it said. */
  text: string;
}

export interface ToIphoneProcess {
  id: number;
  name: keyof IphoneCalls;
  values: unknown[];
}

/** `ready` comes first, unless the library can't be opened: then `failed` with the id 0. */
export type FromIphoneProcess =
  | { type: 'ready'; id: number; file: string }
  | { type: 'changed' }
  | { type: 'done'; id: number; value: unknown }
  | { type: 'failed'; id: number; failure: Failure };
