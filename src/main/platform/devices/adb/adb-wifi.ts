import { setTimeout as pause } from 'node:timers/promises';
import type { AdbServer } from './adb-server';
import { askAdb, type AdbAnswer } from './ask-adb';
import { explainConnectFailure, explainPairFailure } from './wifi-failures';
import { type MdnsService, readMdnsServices } from './read-mdns-services';

/** Phones over Wi-Fi. */
export interface AdbWifi {
  /**
   * Reaches a phone that allows this computer already: `192.168.1.5:5555`.
   * @throws AppError 'device-gone', 'device-refused', 'device-stalled', 'tool-missing'.
   */
  connect(address: string): Promise<void>;
  /**
   * Has a phone allow this computer for good (Android 11 and newer, adb 30 and newer), and connects to
   * it where adb hears in the network where it waits.
   * @param address of the pairing dialog; its port is another one than that of `connect`.
   * @param code the six digits of that dialog; they are neither logged nor part of any command line.
   * @returns the address that was connected to; undefined when that is still to be done.
   * @throws AppError as `connect` does.
   */
  pair(address: string, code: string): Promise<string | undefined>;
  /** Phones in the network whose pairing dialog is open; empty when this adb can't hear them. */
  waiting(): Promise<WaitingPhone[]>;
}

export interface WaitingPhone {
  /** What it calls itself: "adb-R5CT10XYZ-a1B2c3". */
  name: string;
  address: string;
}

export interface AdbWifiOptions {
  /** How long a phone may take to pair or connect: adb itself waits for good. */
  answerMs?: number;
  /** How long after a pairing the phone may take until it tells the network where it can be reached. */
  announceMs?: number;
  /** Told of every address that is connected to. */
  onConnected?(address: string): void;
}

const pairingType = /^_adb-tls-pairing\._tcp/;
const connectType = /^_adb-tls-connect\._tcp/;

export function createAdbWifi(
  server: AdbServer,
  { answerMs = 30_000, announceMs = 4_000, onConnected }: AdbWifiOptions = {},
): AdbWifi {
  async function ask(request: string): Promise<AdbAnswer> {
    await server.ensure();
    return askAdb(server, request, answerMs);
  }

  async function services(type: RegExp): Promise<MdnsService[]> {
    const answer = await ask('host:mdns:services').catch(() => undefined);
    return answer?.ok ? readMdnsServices(answer.text).filter((one) => type.test(one.type)) : [];
  }

  async function connect(address: string): Promise<void> {
    const target = /:\d+$/.test(address) ? address : `${address}:5555`;
    const answer = await ask(`host:connect:${target}`);
    // One that asks on its screen first is connected all the same: its card says what to do.
    const isThere = /^(already )?connected to|^failed to authenticate/.test(answer.text);
    if (!answer.ok || !isThere) throw await explainConnectFailure(answer, target);
    onConnected?.(target);
  }

  return {
    connect,
    async pair(address, code) {
      const answer = await ask(`host:pair:${code}:${address}`);
      const guid = /^Successfully paired to .*\[guid=(.+)\]/.exec(answer.text)?.[1];
      if (!answer.ok || guid === undefined) {
        throw await explainPairFailure(answer, address, () => server.program());
      }
      const host = hostOf(address);
      const until = Date.now() + announceMs;
      do {
        const there = await services(connectType);
        const found = there.find((one) => one.name === guid || hostOf(one.address) === host);
        if (found) {
          await connect(found.address);
          return found.address;
        }
        await pause(500);
      } while (Date.now() < until);
      return undefined;
    },
    async waiting() {
      return (await services(pairingType)).map(({ name, address }) => ({ name, address }));
    },
  };
}

const hostOf = (address: string) => address.slice(0, address.lastIndexOf(':'));
