import {
  contract,
  events,
  type EventName,
  type MethodName,
  type StudioClient,
} from '../api/contract';
import { AppError, fromShape } from '../api/errors';
import type { Channel } from './channel';
import { type ClientMessage, parseMessage, serverMessageSchema } from './messages';

interface Pending {
  method: MethodName;
  resolve(value: unknown): void;
  reject(error: Error): void;
  /** Takes the listener off the caller's signal. */
  release(): void;
}

export interface ClientOptions {
  /**
   * Called with defects that concern no call: a listener that threw, an event or a text that was
   * not understood. Without it they are thrown from a microtask, where nobody can overlook them.
   */
  onDefect?(error: unknown): void;
}

/**
 * A typed client over any channel. A call rejects with what the server said, with `cancelled` as
 * soon as its signal is aborted (the server is told; a late answer is dropped), and with
 * `connection-lost` when the channel closes.
 */
export function createClient(channel: Channel, options: ClientOptions = {}): StudioClient {
  const pending = new Map<number, Pending>();
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const onDefect = options.onDefect ?? throwLater;
  let nextId = 1;
  let closed = false;

  const post = (message: ClientMessage) => channel.send(JSON.stringify(message));

  function take(id: number): Pending | undefined {
    const call = pending.get(id);
    pending.delete(id);
    call?.release();
    return call;
  }

  function settle(id: number, value: unknown): void {
    const call = take(id);
    if (!call) return;
    const parsed = contract[call.method].output.safeParse(value);
    if (parsed.success) return call.resolve(parsed.data);
    onDefect(parsed.error);
    call.reject(new AppError('internal', `The answer to ${call.method} was not understood.`));
  }

  function dispatch(name: string, payload: unknown): void {
    // A newer server may know events that this client does not.
    if (!isEventName(name)) return;
    const parsed = events[name].safeParse(payload);
    if (!parsed.success) return onDefect(parsed.error);
    for (const listener of [...(listeners.get(name) ?? [])]) {
      try {
        listener(parsed.data as never);
      } catch (error) {
        onDefect(error);
      }
    }
  }

  channel.onMessage((text) => {
    const message = parseMessage(serverMessageSchema, text);
    if (!message) {
      onDefect(new AppError('internal', 'The studio sent something that was not understood.'));
      return channel.close();
    }
    if (message.type === 'event') return dispatch(message.name, message.payload);
    if (message.type === 'result') return settle(message.id, message.value);
    take(message.id)?.reject(fromShape(message.error));
  });

  channel.onClose(() => {
    closed = true;
    for (const id of [...pending.keys()]) take(id)?.reject(connectionLost());
  });

  return {
    call(name, input, { signal } = {}) {
      if (closed) return Promise.reject(connectionLost());
      if (signal?.aborted) return Promise.reject(cancelled());
      return new Promise((resolve, reject) => {
        const id = nextId++;
        const text = JSON.stringify({
          type: 'call',
          id,
          method: name,
          input,
        } satisfies ClientMessage);
        const cancel = () => {
          take(id)?.reject(cancelled());
          post({ type: 'cancel', id });
        };
        pending.set(id, {
          method: name,
          resolve,
          reject,
          release: () => signal?.removeEventListener('abort', cancel),
        });
        signal?.addEventListener('abort', cancel, { once: true });
        channel.send(text);
      });
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
  };
}

const isEventName = (name: string): name is EventName => Object.hasOwn(events, name);

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

const cancelled = () => new AppError('cancelled', 'Cancelled.');

const connectionLost = () =>
  new AppError(
    'connection-lost',
    'The connection to the studio was lost.',
    'Start the studio again; your project is safe.',
  );
