export type LinkState =
  /** The studio answers. */
  | 'connected'
  /** It does not; what is kept offline goes on. */
  | 'away'
  | 'unpaired'
  | 'revoked'
  /** The code was used or has expired. */
  | 'code-refused';

export interface StudioLinkOptions {
  onState(state: LinkState, message?: string): void;
  /** The studio has written a file for this phone; without a name, it may have. */
  onFiles(name: string): void;
}

const retryMs = 2_000;

/**
 * Pairs with the code in the address, once, and keeps listening for what the studio pushes. The code is
 * taken out of the address at once, so that it is in no history.
 */
export function linkStudio({ onState, onFiles }: StudioLinkOptions): { retry(): void } {
  let events: EventSource | undefined;

  async function begin(): Promise<void> {
    const code = new URLSearchParams(location.hash.slice(1)).get('pair');
    if (code !== null) history.replaceState(null, '', '/');
    try {
      const paired = await fetch('/paired');
      if (paired.ok) return listen();
      if (code === null) return onState('unpaired');
      const answer = await fetch('/pair', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: code, name: await phoneName() }),
      });
      if (answer.ok) return listen();
      const { message, remedy } = (await answer.json()) as { message: string; remedy?: string };
      onState('code-refused', [message, remedy].filter(Boolean).join(' '));
    } catch {
      onState('away');
      // Kept models go on meanwhile, and the studio may come back.
      setTimeout(() => void begin(), retryMs);
    }
  }

  function listen(): void {
    events?.close();
    events = new EventSource('/events');
    events.addEventListener('open', () => onState('connected'));
    events.addEventListener('files', ({ data }: MessageEvent<string>) => onFiles(data));
    events.addEventListener('revoked', () => {
      events?.close();
      onState('revoked');
    });
    events.addEventListener('error', () => {
      // It tries again by itself, unless it was refused: then it has to be looked into.
      if (events?.readyState === EventSource.CONNECTING) return onState('away');
      setTimeout(() => void begin(), retryMs);
    });
  }

  void begin();
  return { retry: () => void begin() };
}

interface UserAgentData {
  platform: string;
  getHighEntropyValues(hints: string[]): Promise<{ model?: string }>;
}

/** "Pixel 8" where the browser tells, else "Phone (Android)", for the list of paired phones. */
async function phoneName(): Promise<string> {
  const { userAgentData: data } = navigator as Navigator & { userAgentData?: UserAgentData };
  const details = await data?.getHighEntropyValues(['model']).catch(() => undefined);
  if (details?.model) return details.model;
  const system = /iPhone|iPad|Android|Windows|Macintosh|Linux/.exec(navigator.userAgent)?.[0];
  return system === undefined ? 'Browser' : `Browser (${system.replace('Macintosh', 'Mac')})`;
}
