import { setTimeout as pause } from 'node:timers/promises';
import type { Device } from '../../../shared/domain/device';

/** While all phones are ready tools tell of changes; this is for those they do not tell of. */
const calmPollMs = 5_000;

export interface WatchOptions {
  look(): Promise<Device[]>;
  /** Calls back when told of a change; resolves when nothing tells any more. */
  follow(onChange: () => void, signal: AbortSignal): Promise<void>;
  pollMs: number;
  signal: AbortSignal;
  listener(devices: Device[]): void;
}

/** Looks again whenever the tool tells of a change, and by itself, until the signal is aborted. */
export async function watchDevices({ look, follow, pollMs, signal, listener }: WatchOptions) {
  const alarm = createAlarm(signal);
  const isOver = () => signal.aborted;
  let following: Promise<void> | undefined;
  let told: string | undefined;

  /** When nothing tells any more, as when a server was stopped, it is soon looked why. */
  async function followOnce(): Promise<void> {
    await follow(alarm.ring, signal).catch(() => undefined);
    following = undefined;
    await pause(pollMs, undefined, { signal, ref: false }).catch(() => undefined);
    alarm.ring();
  }

  while (!isOver()) {
    alarm.set();
    let found: Device[] = [];
    try {
      found = await look();
      following ??= followOnce();
    } catch {
      // Without the tool there are no phones; `tool` says why, and the next look may find it.
    }
    const text = JSON.stringify(found);
    if (text !== told && !isOver()) {
      told = text;
      listener(found);
    }
    const isCalm = found.every(({ state }) => state === 'ready');
    await alarm.wait(isCalm ? calmPollMs : pollMs);
  }
}

/** Waits for a time, or until it is rung; a ring while nobody waits is heard at the next wait. */
function createAlarm(signal: AbortSignal) {
  let rung = new AbortController();
  return {
    set() {
      rung = new AbortController();
    },
    ring: () => rung.abort(),
    async wait(ms: number): Promise<void> {
      const either = AbortSignal.any([rung.signal, signal]);
      await pause(ms, undefined, { signal: either, ref: false }).catch(() => undefined);
    },
  };
}
