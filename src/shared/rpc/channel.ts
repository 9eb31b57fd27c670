/**
 * A two-way pipe of JSON texts: a WebSocket, Electron's IPC, or two functions in one process.
 * Messages arrive whole and in order.
 */
export interface Channel {
  send(text: string): void;
  onMessage(listener: (text: string) => void): void;
  /** Called once, when nothing can be sent any more. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Two ends of a pipe inside one process, delivering in a later microtask as a real one would. */
export function createLoopback(): [Channel, Channel] {
  const left = createEnd();
  const right = createEnd();
  left.peer = right;
  right.peer = left;
  return [left.channel, right.channel];
}

interface End {
  peer?: End;
  closed: boolean;
  messages: ((text: string) => void)[];
  closings: (() => void)[];
  channel: Channel;
}

function createEnd(): End {
  const end: End = {
    closed: false,
    messages: [],
    closings: [],
    channel: {
      send: (text) => {
        if (end.closed) return;
        queueMicrotask(() => {
          if (!end.peer?.closed) end.peer?.messages.forEach((listener) => listener(text));
        });
      },
      onMessage: (listener) => void end.messages.push(listener),
      onClose: (listener) => void end.closings.push(listener),
      close: () => {
        for (const side of [end, end.peer]) {
          if (!side || side.closed) continue;
          side.closed = true;
          side.closings.forEach((listener) => listener());
        }
      },
    },
  };
  return end;
}
