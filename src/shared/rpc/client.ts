import {
  contract,
  events,
  type EventName,
  type MethodName,
  type StudioClient,
} from '../api/contract';
import { AppError, fromShape } from '../api/errors';
import type { Channel } from './channel';
import { type ClientMessage, serverMessageSchema } from './messages';

interface Pending {
  method: MethodName;
  resolve(value: unknown): void;
  reject(error: Error): void;
  settle(): void;
}

/** A typed client over any channel. Calls pending when the channel closes reject. */
export function createClient(channel: Channel): StudioClient {
  const pending = new Map<number, Pending>();
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  let nextId = 1;
  let closed = false;

  const post = (message: ClientMessage) => channel.send(JSON.stringify(message));

  channel.onMessage((text) => {
    const message = serverMessageSchema.parse(JSON.parse(text));
    if (message.type === 'event') {
      const name = message.name as EventName;
      const schema = events[name];
      if (!schema) return;
      const payload = schema.parse(message.payload) as never;
      listeners.get(name)?.forEach((listener) => listener(payload));
      return;
    }
    const call = pending.get(message.id);
    if (!call) return;
    pending.delete(message.id);
    call.settle();
    if (message.type === 'error') return call.reject(fromShape(message.error));
    const parsed = contract[call.method].output.safeParse(message.value);
    if (parsed.success) call.resolve(parsed.data);
    else call.reject(new AppError('internal', `The answer to ${call.method} was not understood.`));
  });

  channel.onClose(() => {
    closed = true;
    for (const call of pending.values()) {
      call.settle();
      call.reject(connectionLost());
    }
    pending.clear();
  });

  return {
    call(name, input, options) {
      const signal = options?.signal;
      if (closed) return Promise.reject(connectionLost());
      if (signal?.aborted) return Promise.reject(new AppError('cancelled', 'Cancelled.'));
      return new Promise((resolve, reject) => {
        const id = nextId++;
        const cancel = () => post({ type: 'cancel', id });
        pending.set(id, {
          method: name,
          resolve: resolve as (value: unknown) => void,
          reject,
          settle: () => signal?.removeEventListener('abort', cancel),
        });
        signal?.addEventListener('abort', cancel, { once: true });
        post({ type: 'call', id, method: name, input });
      });
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (payload: never) => void);
      return () => set.delete(listener as (payload: never) => void);
    },
  };
}

function connectionLost(): AppError {
  return new AppError(
    'internal',
    'The connection to the studio was lost.',
    'Start the studio again; your project is safe.',
  );
}
