import type { z } from 'zod';
import { contract, type EventName, type EventPayload, type Handlers } from '../api/contract';
import { AppError, toShape } from '../api/errors';
import type { ErrorShape } from '../domain/job';
import type { Channel } from './channel';
import { clientMessageSchema, parseMessage, type ServerMessage } from './messages';

export interface ServerOptions {
  handlers: Handlers;
  /** Called with errors that are defects, so that their stack reaches the log. */
  onDefect(method: string, error: unknown): void;
}

export interface RpcServer {
  /** Serves a client until its channel closes; its running calls are cancelled then. */
  connect(channel: Channel): void;
  /** Sends to every connected client. */
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void;
}

type Outcome = { value: unknown } | { error: ErrorShape };

export function createServer({ handlers, onDefect }: ServerOptions): RpcServer {
  const channels = new Set<Channel>();

  async function answer(method: string, input: unknown, signal: AbortSignal): Promise<Outcome> {
    try {
      if (!isMethod(method)) {
        throw new AppError('bad-request', `There is no method ${method.slice(0, 80)}.`);
      }
      const parsed = contract[method].input.safeParse(input);
      if (!parsed.success) throw new AppError('bad-request', describeIssues(parsed.error));
      // The compiler cannot see that `parsed.data` belongs to `method`; the schema has just said so.
      const handler = handlers[method] as (input: unknown, context: object) => unknown;
      const value = await handler(parsed.data, { signal });
      return { value: contract[method].output.parse(value) };
    } catch (error) {
      if (!(error instanceof AppError)) onDefect(method, error);
      return { error: toShape(error) };
    }
  }

  return {
    connect(channel) {
      const running = new Map<number, AbortController>();
      const post = (message: ServerMessage) => channel.send(JSON.stringify(message));
      channels.add(channel);
      channel.onMessage((text) => {
        const message = parseMessage(clientMessageSchema, text);
        if (!message) return channel.close();
        if (message.type === 'cancel') return running.get(message.id)?.abort();
        // Two calls under one id could not be told apart: this is no client of ours.
        if (running.has(message.id)) return channel.close();
        const controller = new AbortController();
        running.set(message.id, controller);
        void answer(message.method, message.input, controller.signal).then((outcome) => {
          running.delete(message.id);
          if ('error' in outcome) post({ type: 'error', id: message.id, error: outcome.error });
          else post({ type: 'result', id: message.id, value: outcome.value });
        });
      });
      channel.onClose(() => {
        channels.delete(channel);
        for (const controller of running.values()) controller.abort();
      });
    },
    emit(name, payload) {
      if (channels.size === 0) return;
      const text = JSON.stringify({ type: 'event', name, payload } satisfies ServerMessage);
      for (const channel of [...channels]) channel.send(text);
    },
  };
}

const isMethod = (name: string): name is keyof Handlers => Object.hasOwn(contract, name);

/** "name: A label needs a name": one sentence a field, of the first five fields. */
function describeIssues(error: z.ZodError): string {
  const sentences = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const field = path.join('.');
    if (!sentences.has(field))
      sentences.set(field, field === '' ? message : `${field}: ${message}`);
  }
  return [...sentences.values()].slice(0, 5).join('; ');
}
