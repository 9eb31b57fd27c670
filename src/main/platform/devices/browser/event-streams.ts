import { PassThrough, type Readable } from 'node:stream';
import type { DeviceId } from '../../../../shared/domain/device';

export interface EventStreams {
  /** Server-sent events for one page; it counts as connected while somebody reads them. */
  open(phone: DeviceId): Readable;
  /** @param name of the file that was written. */
  send(phone: DeviceId, event: 'files' | 'revoked', name?: string): void;
  isConnected(phone: DeviceId): boolean;
  /** Ends a phone's streams; without a phone all of them. */
  close(phone?: DeviceId): void;
}

/** Proxies and phones drop a connection on which nothing comes. */
const heartbeatMs = 15_000;
/** Tabs of one phone; the oldest makes way. */
const streamLimit = 4;

/** @param onChange a phone came or went. */
export function createEventStreams(onChange: () => void): EventStreams {
  const streams = new Map<DeviceId, Set<PassThrough>>();

  function forget(phone: DeviceId, stream: PassThrough): void {
    const own = streams.get(phone);
    if (!own?.delete(stream)) return;
    if (own.size > 0) return;
    streams.delete(phone);
    onChange();
  }

  return {
    open(phone) {
      const stream = new PassThrough();
      const own = streams.get(phone) ?? new Set();
      const [oldest] = own;
      if (own.size >= streamLimit) oldest?.end();
      const isNew = own.size === 0;
      own.add(stream);
      streams.set(phone, own);
      const heartbeat = setInterval(() => stream.write(': here\n\n'), heartbeatMs);
      heartbeat.unref();
      stream.once('close', () => {
        clearInterval(heartbeat);
        forget(phone, stream);
      });
      // So that the page knows at once that it is connected, and looks what is new.
      stream.write('retry: 1000\nevent: files\ndata:\n\n');
      if (isNew) onChange();
      return stream;
    },
    send(phone, event, name = '') {
      const message = `event: ${event}\ndata: ${name}\n\n`;
      for (const stream of streams.get(phone) ?? []) stream.write(message);
    },
    isConnected: (phone) => streams.has(phone),
    close(phone) {
      const ended = phone === undefined ? [...streams.values()] : [streams.get(phone) ?? []];
      for (const own of ended) for (const stream of [...own]) stream.end();
    },
  };
}
