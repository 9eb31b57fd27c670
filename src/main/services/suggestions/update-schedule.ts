export interface UpdateSchedule {
  /**
   * Has the update run within `delayMs`; later when the last one ended less than three times its
   * own duration ago, so that it never takes up more than a quarter of the time.
   */
  request(delayMs: number): void;
  /** Has it run at once, and resolves when it ended. */
  runNow(): Promise<void>;
  /** Cancels what runs and resolves when it stopped; nothing begins afterwards. */
  dispose(): Promise<void>;
}

const restFactor = 3;

/** Runs an update that many things ask for: never twice at a time, and not too often. */
export function createUpdateSchedule(
  update: (signal: AbortSignal) => Promise<void>,
): UpdateSchedule {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let running: Promise<void> | undefined;
  /** Delay of what was asked for while one ran. */
  let again: number | undefined;
  let rest = { until: 0 };

  function clear(): void {
    clearTimeout(timer);
    timer = undefined;
    due = Number.POSITIVE_INFINITY;
  }

  async function run(): Promise<void> {
    clear();
    const began = performance.now();
    try {
      await update(stopping.signal);
    } finally {
      const ended = performance.now();
      rest = { until: ended + restFactor * (ended - began) };
    }
  }

  function start(): Promise<void> {
    running ??= run().finally(() => {
      running = undefined;
      if (again !== undefined) request(again);
      again = undefined;
    });
    return running;
  }

  function request(delayMs: number): void {
    if (stopping.signal.aborted) return;
    if (running) {
      again = Math.min(again ?? delayMs, delayMs);
      return;
    }
    const now = performance.now();
    const wanted = Math.max(now + delayMs, rest.until);
    if (wanted >= due) return;
    clear();
    due = wanted;
    timer = setTimeout(() => void start(), wanted - now);
  }

  return {
    request,
    async runNow() {
      await running;
      if (!stopping.signal.aborted) await start();
    },
    async dispose() {
      stopping.abort();
      clear();
      await running;
    },
  };
}
