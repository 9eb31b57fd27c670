import type {
  AppPresence,
  Device,
  DeviceId,
  DevicePlace,
  DevicePlatform,
  DeviceTool,
} from '../../../shared/domain/device';

/**
 * How one kind of phone is reached. Implementations throw AppErrors only:
 * 'device-gone' (unplugged), 'device-stalled', 'device-refused' (denied, not ready: with the remedy),
 * 'no-space', 'app-missing', 'tool-missing', 'hash-mismatch', 'not-found', 'cancelled'.
 */
export interface DeviceTransport {
  readonly platform: DevicePlatform;
  /** Whether what it needs is installed and works; never throws. */
  tool(): Promise<DeviceTool>;
  /** Phones there are now; empty without the tool. */
  list(): Promise<Device[]>;
  /**
   * Calls the listener with all phones of this kind, now and whenever anything about them changes,
   * without anybody asking. Keeps trying by itself while the tool is away; never throws.
   * @returns the function that stops it.
   */
  watch(listener: (devices: Device[]) => void): () => void;
  /**
   * Calls the listener when a phone has written feedback, where this kind of phone tells; the others
   * are looked at from time to time.
   * @returns the function that stops it.
   */
  onFeedback?(listener: (id: DeviceId) => void): () => void;
  /** Whether an app is installed and can take files. */
  appPresence(id: DeviceId, appId: string): Promise<AppPresence>;
  /** Brings an app to the front, where this kind of phone can be told to. */
  launch?(id: DeviceId, appId: string): Promise<void>;
  /**
   * Puts an app on a phone, or its newer form over the older one, where this kind of phone allows it.
   * @throws AppError 'device-refused' with what the phone has against it.
   */
  install?(
    id: DeviceId,
    appId: string,
    apk: PutSource,
    hooks: TransferHooks,
  ): Promise<InstallOutcome>;
  /**
   * Has a phone reach a port of this computer under the same number as its own, and opens an address
   * in its browser, where this kind of phone can be told to.
   */
  browse?(id: DeviceId, page: { port: number; url: string }): Promise<void>;
  /**
   * Opens a place on a phone, and makes its folder where the phone allows it.
   * @throws AppError 'app-missing' with what to do when its app is not there or can't take files.
   */
  openFolder(id: DeviceId, place: DevicePlace): Promise<DeviceFolder>;
  /** The phone's pictures (DCIM), to be read only; paths have forward slashes. */
  openPhotos(id: DeviceId): Promise<Pick<DeviceFolder, 'list' | 'pull' | 'close'>>;
  dispose(): Promise<void>;
}

/** 'current': the phone has just this file already. */
export type InstallOutcome = 'installed' | 'current';

export interface DeviceFile {
  name: string;
  bytes: number;
  /** Milliseconds since 1970, by the phone's clock. */
  modifiedMs: number;
  isFolder: boolean;
}

export interface TransferHooks {
  signal: AbortSignal;
  /** Bytes of this file that are on their way, of the whole; may come often. */
  onProgress?(bytes: number): void;
}

/** Bytes to be written: a file of this computer, or a few bytes in memory. */
export type PutSource =
  | { path: string; bytes: number; sha256: string }
  | { content: Uint8Array; sha256: string };

export interface PutHooks extends TransferHooks {
  /** It was just asked whether the file is there, and it is not: nobody need ask again. */
  isNew?: boolean;
}

/**
 * A folder on a phone. Names are relative, with forward slashes (`golden/x.jpg`); folders in them are
 * made when needed.
 */
export interface DeviceFolder {
  freeBytes(): Promise<number>;
  /**
   * Names of the files that are there with just these bytes; where asking about many at once is faster
   * than about each.
   */
  holds?(
    files: readonly { name: string; source: PutSource }[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>>;
  /** Files and folders right in it, or in a folder below it; empty when that is not there. */
  list(below?: string): Promise<DeviceFile[]>;
  /**
   * Writes a file whole or not at all: sent under another name, hashed on the phone (or read back),
   * only then renamed into place. Whatever happens, the old file of that name stays until then;
   * what is left of a push that was cut is swept by `sweep`.
   * @throws AppError 'hash-mismatch' when the phone holds other bytes than were sent.
   */
  put(name: string, source: PutSource, hooks: PutHooks): Promise<void>;
  /** A small file's bytes (at most 4 MiB); undefined when it is not there. */
  read(name: string, signal?: AbortSignal): Promise<Uint8Array | undefined>;
  /** Copies a file to this computer. */
  pull(name: string, toPath: string, hooks: TransferHooks): Promise<void>;
  /** sha256 as 64 hex digits; undefined when it is not there. */
  hash(name: string, signal?: AbortSignal): Promise<string | undefined>;
  /** No error when one is not there. */
  remove(...names: string[]): Promise<void>;
  /** Removes what cut pushes left behind; returns their names. */
  sweep(): Promise<string[]>;
  close(): Promise<void>;
}
