import type { EventName, EventPayload, StudioClient } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import type { Channel } from '@shared/rpc/channel';
import { createClient } from '@shared/rpc/client';

export type LinkState = 'connecting' | 'open' | 'lost';

/**
 * A client that outlives its channel. When the channel closes, calls reject with
 * `connection-lost` until a new one is open; listeners carry over.
 */
export interface StudioLink extends StudioClient {
  readonly state: LinkState;
  /** Called after each change of `state`. Returns the function that stops it. */
  onState(listener: (state: LinkState) => void): () => void;
  /** Tries at once instead of waiting for the next turn. */
  retry(): void;
  close(): void;
}

/** Waits between attempts, in milliseconds; the last one repeats. */
const retryDelays = [500, 1000, 2000, 4000];

export function createStudioLink(openChannel: () => Promise<Channel>): StudioLink {
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const stateListeners = new Set<(state: LinkState) => void>();
  let state: LinkState = 'connecting';
  let current: { client: StudioClient; channel: Channel } | undefined;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  function enter(next: LinkState): void {
    if (state === next) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  }

  function lose(): void {
    current = undefined;
    if (ended) return;
    enter('lost');
    const delay = retryDelays[Math.min(attempt, retryDelays.length - 1)];
    attempt += 1;
    timer = setTimeout(() => void connect(), delay);
  }

  async function connect(): Promise<void> {
    timer = undefined;
    let channel: Channel;
    try {
      channel = await openChannel();
    } catch {
      // The state says so; the next attempt is on its way.
      return lose();
    }
    if (ended) return channel.close();
    const client = createClient(channel);
    channel.onClose(lose);
    for (const [name, set] of listeners) subscribe(client, name, set);
    current = { client, channel };
    attempt = 0;
    enter('open');
  }

  function subscribe(client: StudioClient, name: EventName, set: Set<(payload: never) => void>) {
    client.on(name, (payload) => {
      for (const listener of set) listener(payload as never);
    });
  }

  void connect();

  return {
    get state() {
      return state;
    },
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    retry() {
      if (timer === undefined) return;
      clearTimeout(timer);
      void connect();
    },
    close() {
      ended = true;
      clearTimeout(timer);
      current?.channel.close();
    },
    call(name, input, options) {
      return current ? current.client.call(name, input, options) : Promise.reject(notConnected());
    },
    on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void) {
      let set = listeners.get(name);
      if (!set) {
        set = new Set();
        listeners.set(name, set);
        if (current) subscribe(current.client, name, set);
      }
      set.add(listener);
      return () => void set.delete(listener);
    },
  };
}

function notConnected(): AppError {
  return new AppError(
    'connection-lost',
    'The studio is not connected.',
    'Wait for the connection to come back, or start the studio again; your project is safe.',
  );
}
