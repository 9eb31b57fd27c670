import { AppError } from '@shared/api/errors';
import { type Channel, createChannelListeners } from '@shared/rpc/channel';

/** Resolves once the socket is open; rejects with `connection-lost` when it can't be opened. */
export function openWebSocketChannel(url: string): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const listeners = createChannelListeners();
    socket.addEventListener('open', () =>
      resolve({
        send: (text) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(text);
        },
        onMessage: listeners.onMessage,
        onClose: listeners.onClose,
        close: () => socket.close(),
      }),
    );
    socket.addEventListener('message', (event) => listeners.receive(String(event.data)));
    // A socket that never opened fires `close` too; rejecting a settled promise does nothing.
    socket.addEventListener('close', () => {
      listeners.closeOnce();
      reject(
        new AppError(
          'connection-lost',
          'The studio does not answer.',
          'Start it again and open the link that it prints; your project is safe.',
        ),
      );
    });
  });
}
