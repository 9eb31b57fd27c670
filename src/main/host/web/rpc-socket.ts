import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { type Channel, createChannelListeners } from '../../../shared/rpc/channel';

export interface RpcSocketOptions {
  server: Server;
  connect(channel: Channel): void;
  /** Throws when the request may not open a socket. */
  check(request: IncomingMessage): void;
  /** A tab that answers no ping for as long as this is gone. */
  heartbeatMs: number;
}

/** A call that labels a million photos is 8 MiB. */
const maximumMessageBytes = 32 * 2 ** 20;
/** A tab that reads this slowly is dropped and can connect again: its events are lost anyway. */
const maximumUnsentBytes = 64 * 2 ** 20;

/** Serves the rpc protocol on `/rpc`: one text frame a message. Returns what closes it. */
export function serveRpcSocket(options: RpcSocketOptions): () => void {
  const { server, connect, check, heartbeatMs } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maximumMessageBytes,
    perMessageDeflate: false,
  });
  const silent = new WeakSet<WebSocket>();

  server.on('upgrade', (request, stream, head) => {
    try {
      if (request.url !== '/rpc') return refuse(stream, '404 Not Found');
      check(request);
    } catch {
      return refuse(stream, '403 Forbidden');
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('pong', () => silent.delete(socket));
      connect(channelOf(socket));
    });
  });

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
  }, heartbeatMs);
  heartbeat.unref();

  return () => {
    clearInterval(heartbeat);
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
}

function channelOf(socket: WebSocket): Channel {
  const listeners = createChannelListeners();
  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.close(1003, 'Text only');
    listeners.receive(textOf(data));
  });
  socket.on('close', () => listeners.closeOnce());
  // Always followed by 'close'; unheard it would end the program.
  socket.on('error', () => socket.terminate());
  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (socket.bufferedAmount > maximumUnsentBytes) return socket.terminate();
      socket.send(text);
    },
    onMessage: listeners.onMessage,
    onClose: listeners.onClose,
    close: () => socket.close(),
  };
}

function textOf(data: RawData): string {
  if (data instanceof ArrayBuffer) return Buffer.from(data).toString();
  return (Array.isArray(data) ? Buffer.concat(data) : data).toString();
}

function refuse(stream: Duplex, status: string): void {
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
