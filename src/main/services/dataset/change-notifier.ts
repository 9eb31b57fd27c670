import type { Emit } from '../../../shared/api/contract';
import type { Logger } from '../../platform/logger';

/** An import confirms a batch every few milliseconds: nobody can look that fast. */
const quietMs = 200;
/** More ids than this, and clients do better to ask for all they show. */
const namedPhotos = 1000;

export interface ChangeNotifier {
  /** `photoIds`: only these changed; absent: any may have. */
  changed(photoIds?: readonly number[]): void;
  /** Returns the function that stops it. */
  onChanged(listener: () => void): () => void;
  /** Tells what is still to be told, then is silent. */
  dispose(): void;
}

/** Tells of changes at once, and of those that follow at most every 200 ms, together. */
export function createChangeNotifier(emit: Emit, log: Logger): ChangeNotifier {
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  /** Undefined while nothing waits to be told. */
  let waiting: Set<number> | 'any' | undefined;
  let disposed = false;

  function tell(): void {
    const photoIds = waiting;
    waiting = undefined;
    if (photoIds === undefined) return;
    emit('dataset.changed', photoIds === 'any' ? {} : { photoIds: [...photoIds] });
    for (const listener of listeners) {
      try {
        listener();
      } catch (error) {
        log.error('A listener to changes of photos failed', error);
      }
    }
  }

  function pause(): void {
    if (disposed) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (waiting === undefined) return;
      tell();
      pause();
    }, quietMs);
    timer.unref();
  }

  return {
    changed(photoIds) {
      if (disposed) return;
      waiting = photoIds && waiting !== 'any' ? new Set([...(waiting ?? []), ...photoIds]) : 'any';
      if (waiting !== 'any' && waiting.size > namedPhotos) waiting = 'any';
      if (timer) return;
      tell();
      pause();
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      clearTimeout(timer);
      tell();
      disposed = true;
      listeners.clear();
    },
  };
}
