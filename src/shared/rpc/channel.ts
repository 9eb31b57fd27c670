/**
 * A two-way pipe of JSON texts: a WebSocket, Electron's IPC, or two functions in one process.
 * Messages arrive whole and in order. Listeners are added as soon as the channel is at hand:
 * nothing is kept for late ones.
 */
export interface Channel {
  /** Does nothing once the channel is closed: whoever waits learns of that from `onClose`. */
  send(text: string): void;
  onMessage(listener: (text: string) => void): void;
  /** Called once, when nothing can be sent any more. */
  onClose(listener: () => void): void;
  close(): void;
}

/** The listeners of a channel, for those who implement one. */
export interface ChannelListeners {
  readonly closed: boolean;
  onMessage(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
  /** Passes a text on, unless the channel is closed. */
  receive(text: string): void;
  /** Tells the listeners once, however often it is called. */
  closeOnce(): void;
}

export function createChannelListeners(): ChannelListeners {
  const messages: ((text: string) => void)[] = [];
  const closings: (() => void)[] = [];
  let closed = false;
  return {
    get closed() {
      return closed;
    },
    onMessage: (listener) => void messages.push(listener),
    onClose: (listener) => void closings.push(listener),
    receive(text) {
      if (!closed) for (const listener of messages) listener(text);
    },
    closeOnce() {
      if (closed) return;
      closed = true;
      for (const listener of closings) listener();
    },
  };
}

/**
 * Two ends of a pipe inside one process. Texts, and the news that the other end closed, arrive in
 * a later microtask, in the order they were sent, as they would over a wire.
 */
export function createLoopback(): [Channel, Channel] {
  const left = createChannelListeners();
  const right = createChannelListeners();
  return [createEnd(left, right), createEnd(right, left)];
}

function createEnd(own: ChannelListeners, peer: ChannelListeners): Channel {
  return {
    send(text) {
      if (!own.closed) queueMicrotask(() => peer.receive(text));
    },
    onMessage: own.onMessage,
    onClose: own.onClose,
    close() {
      if (own.closed) return;
      own.closeOnce();
      queueMicrotask(() => peer.closeOnce());
    },
  };
}
