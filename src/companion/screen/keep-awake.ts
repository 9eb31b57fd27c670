/**
 * Has the phone keep its screen on while the page is seen: nobody touches it while it is pointed at things, or answers
 * the studio's photos. Where the browser can't (plain Wi-Fi, a saved battery), the phone does as it is set.
 */
export function keepAwake(): void {
  if (!('wakeLock' in navigator)) return;
  const ask = () => {
    if (document.visibilityState !== 'visible') return;
    void navigator.wakeLock.request('screen').catch(() => undefined);
  };
  // A page that is not seen has its lock taken away.
  document.addEventListener('visibilitychange', ask);
  ask();
}
