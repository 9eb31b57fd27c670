import { createReconnect } from '@main/platform/devices/adb/adb-reconnect';
import { describe, expect, it } from 'vitest';

const address = '192.168.1.5:5555';
const up = new Map([[address, { isOffline: false }]]);
const offline = new Map([[address, { isOffline: true }]]);
const gone = new Map<string, { isOffline: boolean }>();

function open() {
  const tried: string[] = [];
  let isReachable = true;
  let time = 1_000;
  let finish = () => {};
  const reconnect = createReconnect(
    async (to) => {
      tried.push(to);
      await new Promise<void>((resolve) => (finish = resolve));
      if (!isReachable) throw new Error('no route to host');
      reconnect.remember(to);
    },
    { everyMs: 10_000, now: () => time },
  );
  return {
    reconnect,
    tried,
    look: (listed: typeof up) => reconnect.look(listed, time),
    wait: (ms: number) => void (time += ms),
    /** The try that is under way ends. */
    async ends(reached: boolean) {
      isReachable = reached;
      finish();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('a phone over Wi-Fi', () => {
  it('that left the network is tried again and again, one try at a time', async () => {
    const { reconnect, tried, look, wait, ends } = open();
    reconnect.remember(address);
    look(up);
    look(offline);
    expect(tried).toEqual([]);
    look(gone);
    look(gone);
    expect(tried).toEqual([address]);
    await ends(false);
    look(gone);
    expect(tried).toHaveLength(1);
    wait(10_000);
    look(gone);
    expect(tried).toHaveLength(2);
    await ends(true);
    look(up);
    wait(20_000);
    look(up);
    expect(tried).toHaveLength(2);
  });

  it('comes back after the server was stopped', () => {
    const { reconnect, tried, look } = open();
    reconnect.remember(address);
    look(up);
    reconnect.serverEnded();
    look(gone);
    expect(tried).toEqual([address]);
  });

  it('that a person disconnects stays away, also when the server is stopped later', () => {
    const { reconnect, tried, look } = open();
    reconnect.remember(address);
    look(up);
    look(gone);
    reconnect.serverEnded();
    look(gone);
    expect(tried).toEqual([]);
  });

  it('is not taken for gone by an answer from before it was connected to', () => {
    const { reconnect, tried, look, wait } = open();
    wait(5);
    reconnect.remember(address);
    reconnect.look(gone, 1_000);
    reconnect.serverEnded();
    look(gone);
    expect(tried).toEqual([address]);
  });
});
