/** How often a phone that is away is tried: each try may take adb a while, in a network without it. */
const usualEveryMs = 10_000;

interface Remembered {
  rememberedAt: number;
  /** It went away by itself, so that it is wanted back. */
  isLost: boolean;
  isTried: boolean;
  triedAt: number;
}

export interface Reconnect {
  /** A phone that a person connected to: `192.168.1.5:5555`. */
  remember(address: string): void;
  /** The adb server ended, and every connection over Wi-Fi with it. */
  serverEnded(): void;
  /**
   * Tries those that are gone, by themselves or with the server. One that is gone though it was just
   * there was let go by a person (`adb disconnect`), and is forgotten.
   * @param listed what adb lists, by its name, and whether it is offline.
   * @param askedAt when adb was asked for it, in milliseconds since 1970.
   */
  look(listed: ReadonlyMap<string, { isOffline: boolean }>, askedAt: number): void;
}

/**
 * Brings phones over Wi-Fi back: adb gives up a while after one has left the network, and a server that
 * was started anew knows none.
 */
export function createReconnect(
  connect: (address: string) => Promise<void>,
  { everyMs = usualEveryMs, now = Date.now }: { everyMs?: number; now?(): number } = {},
): Reconnect {
  const remembered = new Map<string, Remembered>();

  async function attempt(address: string, one: Remembered): Promise<void> {
    one.isTried = true;
    one.triedAt = now();
    // It is still away, or its port is another one by now: that is no news to anybody.
    await connect(address).catch(() => undefined);
    one.isTried = false;
  }

  return {
    remember(address) {
      const known = remembered.get(address);
      // A try of our own that came through.
      if (known?.isTried) return;
      remembered.set(address, {
        rememberedAt: now(),
        isLost: false,
        isTried: false,
        triedAt: Number.NEGATIVE_INFINITY,
      });
    },
    serverEnded() {
      for (const one of remembered.values()) one.isLost = true;
    },
    look(listed, askedAt) {
      for (const [address, one] of remembered) {
        if (one.isTried || one.rememberedAt > askedAt) continue;
        const found = listed.get(address);
        // One that is offline adb itself still tries.
        if (found) one.isLost = found.isOffline;
        else if (!one.isLost) remembered.delete(address);
        else if (now() - one.triedAt >= everyMs) void attempt(address, one);
      }
    },
  };
}
