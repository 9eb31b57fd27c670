/**
 * Wraps a reload so that many requests in a row become few: while one runs, further calls only
 * ask for one more, which starts `pauseMs` after the running one ended. The promise a caller gets
 * settles with the run that began after its call.
 */
export function coalesce(run: () => Promise<void>, pauseMs = 0): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function start(): Promise<void> {
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  }

  return () => {
    if (!running) return start();
    next ??= running
      .catch(() => undefined)
      .then(() => new Promise((resolve) => setTimeout(resolve, pauseMs)))
      .then(() => {
        next = undefined;
        return running ?? start();
      });
    return next;
  };
}
