import type { DeviceTransport } from '../../src/main/platform/devices/device-transport';

/** What happens to a phone after so many bytes of a push. */
export type Strike = 'stall' | (() => void);

/** A pretended phone with a real tool between it and the studio. */
export interface FaultyPhone {
  transport: DeviceTransport;
  /** Where its app looks for models, and its whole disk, as folders of this computer. */
  models: string;
  disk: string;
  /** Bytes that came from the computer. */
  received(): number;
  after(bytes: number, strike: Strike): void;
  /** Has the tool look again, where it does not by itself. */
  reconnect(): Promise<void>;
  dispose(): Promise<void>;
}

/** A sentence and a remedy, as people see them. */
export interface Said {
  says: RegExp;
  remedy: RegExp;
}

export interface Fault {
  name: string;
  /** What the push may end with that it strikes. One that it can't stop any more may go through. */
  breaks?: readonly Said[];
  /** What a push says that is tried while the fault lasts; absent: it does not last, or works. */
  refused?: Said;
  /** @param share 0 to 1: another random number of the moment. */
  strike(share: number): Strike;
  /** There is no phone to look for while it lasts. */
  isAway?: boolean;
  /** The app may be gone with its files. */
  takesApp?: boolean;
  repair(): void | Promise<void>;
}

export interface FaultSet {
  phone: FaultyPhone;
  faults: readonly Fault[];
}

export const unplugged: Said = {
  says: /connection to the (phone|iPhone) broke|not connected|does not answer/i,
  remedy: /plug/i,
};

export const full: Said = {
  says: /no space left|has [\d.]+ MB left/,
  remedy: /Free some space/,
};
