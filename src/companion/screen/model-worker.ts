import type { FromWorker, ToWorker } from '../messages';
import { texts } from '../texts';

type Answered = Extract<FromWorker, { kind: 'answer' | 'no-answer' }>;

export interface ModelWorker {
  /** @param name of the file that is new, where it is known. */
  look(name?: string): void;
  use(sha256: string): void;
  /** Hands the picture over; a frame can't be used afterwards. */
  ask(picture: Blob | ImageBitmap): Promise<Answered>;
}

/** The worker that runs models, by calls instead of messages. */
export function startModelWorker(
  onMessage: (message: Exclude<FromWorker, Answered>) => void,
): ModelWorker {
  const worker = new Worker(new URL('../engine/worker.ts', import.meta.url));
  const waiting = new Map<number, (answer: Answered) => void>();
  let asked = 0;
  const post = (message: ToWorker, handedOver: Transferable[] = []) =>
    worker.postMessage(message, handedOver);

  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind !== 'answer' && data.kind !== 'no-answer') return onMessage(data);
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });

  // Of an old browser that can't read it, or a page that was loaded in part.
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    onMessage({ kind: 'trouble', problem: texts.engine.broken });
  });

  return {
    look: (name = '') => post({ kind: 'look', name }),
    use: (sha256) => post({ kind: 'use', sha256 }),
    ask: (picture) =>
      new Promise((resolve) => {
        const id = ++asked;
        waiting.set(id, resolve);
        post({ kind: 'picture', id, picture }, picture instanceof Blob ? [] : [picture]);
      }),
  };
}
