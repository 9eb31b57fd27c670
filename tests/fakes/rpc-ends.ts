import { createFakeHandlers } from './fake-handlers';
import type { Handlers } from '@shared/api/contract';
import { createLoopback } from '@shared/rpc/channel';
import { createClient } from '@shared/rpc/client';
import { createServer } from '@shared/rpc/server';

/** A client and a server on one channel, with what either reports. */
export function connect(given: Partial<Handlers> = {}) {
  const [clientEnd, serverEnd] = createLoopback();
  const serverDefects: unknown[] = [];
  const clientDefects: unknown[] = [];
  const server = createServer({
    handlers: createFakeHandlers(given),
    onDefect: (method, error) => serverDefects.push([method, error]),
  });
  server.connect(serverEnd);
  const client = createClient(clientEnd, { onDefect: (error) => clientDefects.push(error) });
  return { client, server, clientEnd, serverEnd, serverDefects, clientDefects };
}

/** A server end under the test's control: what the client sent, and a way to answer it. */
export function connectToScript() {
  const [clientEnd, serverEnd] = createLoopback();
  const received: { type: string; id: number; method?: string }[] = [];
  serverEnd.onMessage((text) => received.push(JSON.parse(text)));
  const defects: unknown[] = [];
  const client = createClient(clientEnd, { onDefect: (error) => defects.push(error) });
  return { client, serverEnd, received, defects };
}

/** The next turn of the event loop. */
export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
