/** "AA:BB:…" in two lines of sixteen bytes: as phones break them, and easier to compare. */
export function fingerprintLines(fingerprint: string): string {
  const bytes = fingerprint.split(':');
  return `${bytes.slice(0, 16).join(':')}\n${bytes.slice(16).join(':')}`;
}
