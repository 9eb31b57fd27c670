import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Duplex, duplexPair } from 'node:stream';
import { serveLockdown } from './lockdown-service';

export interface IphoneApp {
  bundleId: string;
  /** UIFileSharingEnabled. */
  fileSharing: boolean;
}

/** What a person decides when the phone asks whether to trust this computer. */
export type Trust = 'accepts' | 'asks' | 'denies';

export interface IphoneState {
  readonly udid: string;
  readonly name: string;
  readonly productType: string;
  readonly osVersion: string;
  /** Where its disk lies. */
  readonly folder: string;
  apps: IphoneApp[];
  trust: Trust;
  isLocked: boolean;
  /** Bytes its disk can hold. */
  capacity: number;
  corrupts: boolean;
  keepsExisting: boolean;
  /** Names that were posted to its notification proxy. */
  readonly notifications: string[];
  /** Of each service that was asked for: whether the escrow bag came along. */
  readonly escrowed: boolean[];
  readonly escrowBag: string;
  readonly privateKey: string;
  readonly publicKey: string;
  /** Computers it trusts, by HostID. */
  readonly hosts: Map<string, { deviceCertificate: Buffer; rootCertificate: Buffer }>;
  openPort(serve: (stream: Duplex) => Promise<void>): number;
}

export interface Iphone extends IphoneState {
  /** The phone's end of a connection to a port; undefined when nothing listens there. */
  connect(port: number): Duplex | undefined;
  /** It forgets whom it trusted. */
  revoke(): void;
}

const lockdownPort = 62_078;
/** One pair for all: making it takes longer than all a test does with it. */
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

export type IphoneOptions = Partial<
  Pick<IphoneState, 'udid' | 'name' | 'osVersion' | 'apps' | 'trust' | 'isLocked'>
> & { folder: string };

/** An iPhone as libimobiledevice sees it behind usbmuxd. */
export function createIphone(options: IphoneOptions): Iphone {
  const ports = new Map<number, (stream: Duplex) => Promise<void>>();
  let nextPort = 49_152;
  const phone: Iphone = {
    udid: '00008120-001A2B3C4D5E6F70',
    name: 'Ada’s iPhone',
    productType: 'iPhone15,4',
    osVersion: '17.5',
    apps: [],
    trust: 'accepts',
    isLocked: false,
    ...options,
    capacity: 1 << 30,
    corrupts: false,
    keepsExisting: false,
    notifications: [],
    escrowed: [],
    escrowBag: 'bag of keys',
    privateKey: keys.privateKey,
    publicKey: keys.publicKey,
    hosts: new Map(),
    openPort(serve) {
      ports.set(nextPort, serve);
      return nextPort++;
    },
    connect(port) {
      const serve =
        port === lockdownPort ? (stream: Duplex) => serveLockdown(stream, phone) : ports.get(port);
      if (!serve) return undefined;
      ports.delete(port);
      const [here, there] = duplexPair();
      for (const side of [here, there]) side.on('error', () => undefined);
      // A service ends when its connection does.
      serve(there)
        .catch(() => undefined)
        .finally(() => there.end());
      return here;
    },
    revoke() {
      phone.hosts.clear();
      phone.trust = 'asks';
    },
  };
  mkdirSync(join(phone.folder, 'Media', 'DCIM', '100APPLE'), { recursive: true });
  return phone;
}
