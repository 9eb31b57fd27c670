import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface ScriptedAdbServer {
  port: number;
  /** What it was asked, in order. */
  readonly asked: string[];
  dispose(): Promise<void>;
}

/** An answer byte for byte; the words 'silence': none comes, and 'hang up': it ends without one. */
export type ScriptedAnswer = string;

/** What adb says, by its length in four hex digits. */
export const sized = (text: string) => Buffer.byteLength(text).toString(16).padStart(4, '0') + text;

/**
 * The client's side of an adb server that says what a script makes it say: for what no adb here can be
 * brought to say, such as all that comes after a pairing.
 */
export async function startScriptedAdbServer(
  answer: (request: string) => ScriptedAnswer,
): Promise<ScriptedAdbServer> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let received = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received += String(chunk);
      const length = Number.parseInt(received.slice(0, 4), 16);
      if (received.length < 4 + length) return;
      const request = received.slice(4);
      received = '';
      asked.push(request);
      const bytes = request === 'host:version' ? `OKAY${sized('0029')}` : answer(request);
      if (bytes !== 'silence') socket.end(bytes === 'hang up' ? '' : bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async dispose() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
