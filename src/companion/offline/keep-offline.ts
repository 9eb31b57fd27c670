/** The page must not wait for it: without it nothing is kept, and all else works. */
const patienceMs = 2_000;

/**
 * Has the service worker keep the page and what is pushed to it, so that both are there without the
 * studio. Resolves once it watches what this page loads.
 */
export async function keepOffline(): Promise<void> {
  // Over plain Wi-Fi there is none.
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const watched = new Promise<void>((resolve) => {
    if (serviceWorker.controller) resolve();
    else serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
  });
  const tooLong = new Promise<void>((resolve) => setTimeout(resolve, patienceMs));
  const registered = serviceWorker.register('/sw.js').then(
    () => watched,
    () => undefined,
  );
  await Promise.race([registered, tooLong]);
}
