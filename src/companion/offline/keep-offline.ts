/** 'kept': the page and its models are there without the studio, too. */
export type OfflineState = 'kept' | 'not-kept';

/** The page must not wait for it: without it nothing is kept, and all else works. */
const patienceMs = 2_000;

/**
 * Has the service worker keep the page and what is pushed to it, so that both are there without the
 * studio. Resolves once it watches what this page loads, or won't.
 */
export async function keepOffline(): Promise<OfflineState> {
  // Over plain Wi-Fi there is none.
  if (!('serviceWorker' in navigator)) return 'not-kept';
  const { serviceWorker } = navigator;
  const watched = new Promise<OfflineState>((resolve) => {
    const done = () => resolve('kept');
    if (serviceWorker.controller) done();
    else serviceWorker.addEventListener('controllerchange', done, { once: true });
  });
  const tooLong = new Promise<OfflineState>((resolve) =>
    setTimeout(() => resolve('not-kept'), patienceMs),
  );
  const registered = serviceWorker.register('/sw.js').then(
    () => watched,
    // Browsers register none behind a certificate that they don't trust, also when somebody went on.
    () => 'not-kept' as const,
  );
  return Promise.race([registered, tooLong]);
}
