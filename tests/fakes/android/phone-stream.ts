import { maxPayload } from './packets';

export interface PhoneStream {
  data(bytes: Buffer): void;
  write(bytes: Buffer): void;
  acknowledged(): void;
  /** No more will be written. */
  end(): void;
  /** Everything written was acknowledged after `end`. */
  onDrained(): void;
  closed(): void;
}

/** One stream: a packet waits until the one before it was acknowledged. */
export function createStream(send: (bytes: Buffer) => void): PhoneStream {
  const waiting: Buffer[] = [];
  let isWaiting = false;
  let isEnded = false;
  const next = () => {
    const bytes = waiting.shift();
    if (bytes) {
      isWaiting = true;
      return send(bytes);
    }
    isWaiting = false;
    if (isEnded) stream.onDrained();
  };
  const stream: PhoneStream = {
    data: () => undefined,
    write(bytes) {
      for (let at = 0; at < bytes.length; at += maxPayload) {
        waiting.push(bytes.subarray(at, at + maxPayload));
      }
      if (!isWaiting) next();
    },
    acknowledged: () => (isWaiting ? next() : undefined),
    end() {
      isEnded = true;
      if (!isWaiting) next();
    },
    onDrained: () => undefined,
    closed: () => undefined,
  };
  return stream;
}
