import { createChangeNotifier } from '@main/services/dataset/change-notifier';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeLogger } from '../../../../fakes/fake-logger';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const payloads: unknown[] = [];
  const log = createFakeLogger();
  const notifier = createChangeNotifier((_, payload) => void payloads.push(payload), log);
  return { payloads, log, notifier };
}

describe('the change notifier', () => {
  it('tells the first change at once and those that follow together', () => {
    const { payloads, notifier } = setUp();
    for (const id of [1, 2, 3, 2]) notifier.changed([id]);
    expect(payloads).toEqual([{ photoIds: [1] }]);
    vi.advanceTimersByTime(1000);
    expect(payloads).toEqual([{ photoIds: [1] }, { photoIds: [2, 3] }]);
    notifier.changed([4]);
    expect(payloads).toHaveLength(3);
  });

  it('names no photos when any may have changed, or too many did', () => {
    const { payloads, notifier } = setUp();
    notifier.changed();
    notifier.changed([1]);
    notifier.changed();
    vi.advanceTimersByTime(200);
    vi.advanceTimersByTime(200);
    notifier.changed(Array.from({ length: 1001 }, (_, index) => index));
    expect(payloads).toEqual([{}, {}, {}]);
  });

  it('tells listeners until they are stopped, and survives one that fails', () => {
    const { log, notifier } = setUp();
    const heard: string[] = [];
    notifier.onChanged(() => {
      throw new Error('broken listener');
    });
    const stop = notifier.onChanged(() => void heard.push('changed'));
    notifier.changed();
    stop();
    vi.advanceTimersByTime(200);
    notifier.changed();
    expect(heard).toEqual(['changed']);
    expect(log.lines[0]).toContain('broken listener');
  });

  it('tells what waits when disposed of, and nothing after', () => {
    const { payloads, notifier } = setUp();
    notifier.changed([1]);
    notifier.changed([2]);
    notifier.dispose();
    notifier.changed([3]);
    vi.advanceTimersByTime(1000);
    expect(payloads).toEqual([{ photoIds: [1] }, { photoIds: [2] }]);
  });
});
