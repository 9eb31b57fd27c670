import type { Correction, Posted } from './feedback-post';

/** Corrections on this phone, until the studio has them. */
export interface OutboxStore {
  /** In the order in which they were put. */
  all(): Promise<{ key: number; correction: Correction }[]>;
  put(correction: Correction): Promise<number>;
  remove(key: number): Promise<void>;
}

export interface OutboxState {
  /** How many are kept. */
  waiting: number;
  /** What the studio said when it took none. */
  reason?: string | undefined;
}

export interface Outbox {
  /**
   * Kept first, then sent: a page that is closed meanwhile loses nothing.
   * @throws when the phone can't keep it and the studio did not take it: it is lost.
   */
  add(correction: Correction): Promise<void>;
  /** Sends what is kept, the oldest first. */
  flush(): Promise<void>;
}

export interface OutboxParts {
  store: OutboxStore;
  post(correction: Correction): Promise<Posted>;
  onSent(correction: Correction): void;
  /** It will never be taken, and is kept no longer. */
  onRefused(correction: Correction, reason: string): void;
  onState(state: OutboxState): void;
  /** Calls back after a while, when something is kept. */
  schedule(work: () => void): void;
}

/** More than the studio lets wait of one phone; a camera's JPEGs of that many have some 60 MB. */
export const mostKept = 200;

export function createOutbox(parts: OutboxParts): Outbox {
  const { store, post } = parts;
  let turn: Promise<unknown> = Promise.resolve();
  let isScheduled = false;

  async function sendAll(): Promise<void> {
    for (const { key, correction } of await store.all()) {
      const posted = await post(correction);
      if (posted.outcome === 'later') return tell(posted.reason);
      await store.remove(key);
      finish(correction, posted);
    }
    await tell(undefined);
  }

  function finish(correction: Correction, posted: Exclude<Posted, { outcome: 'later' }>): void {
    if (posted.outcome === 'sent') parts.onSent(correction);
    else parts.onRefused(correction, posted.reason);
  }

  async function tell(reason: string | undefined): Promise<void> {
    const { length } = await store.all();
    parts.onState({ waiting: length, reason });
    if (length === 0 || isScheduled) return;
    isScheduled = true;
    parts.schedule(() => {
      isScheduled = false;
      void flush().catch(() => undefined);
    });
  }

  /** One after the other: nothing is sent twice at a time. */
  function flush(): Promise<void> {
    const own = turn.then(sendAll);
    turn = own.catch(() => undefined);
    return own;
  }

  async function keep(correction: Correction): Promise<boolean> {
    try {
      if ((await store.all()).length >= mostKept) return false;
      await store.put(correction);
      return true;
    } catch {
      // A private window may keep nothing, or the phone is full.
      return false;
    }
  }

  return {
    async add(correction) {
      if (await keep(correction)) return flush();
      const posted = await post(correction);
      if (posted.outcome === 'later') throw new Error('neither kept nor sent');
      finish(correction, posted);
    },
    flush,
  };
}
