import { createUpdateSchedule } from '@main/services/suggestions/update-schedule';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Updates that take `lastingMs` each, and the times at which they began. */
function setUp(lastingMs: number) {
  const begun: number[] = [];
  const origin = performance.now();
  let running = 0;
  const schedule = createUpdateSchedule(async () => {
    expect(++running).toBe(1);
    begun.push(performance.now() - origin);
    await new Promise((resolve) => setTimeout(resolve, lastingMs));
    running -= 1;
  });
  return { schedule, begun };
}

it('what is asked for many times runs once, as soon as the first asked for', async () => {
  const { schedule, begun } = setUp(0);
  schedule.request(800);
  await vi.advanceTimersByTimeAsync(500);
  schedule.request(800);
  schedule.request(5000);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(begun).toEqual([800]);
});

it('rests three times as long as it took, and never runs twice at a time', async () => {
  const { schedule, begun } = setUp(1000);
  schedule.request(0);
  await vi.advanceTimersByTimeAsync(500);
  schedule.request(100);
  schedule.request(5000);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(begun).toEqual([0, 4000]);
});

it('runs at once when it has to, after what runs', async () => {
  const { schedule, begun } = setUp(1000);
  schedule.request(0);
  await vi.advanceTimersByTimeAsync(200);
  let ended = false;
  void schedule.runNow().then(() => (ended = true));
  await vi.advanceTimersByTimeAsync(1700);
  expect([begun, ended]).toEqual([[0, 1000], false]);
  await vi.advanceTimersByTimeAsync(200);
  expect(ended).toBe(true);
});

it('disposed, it cancels what runs, waits for its end and begins no more', async () => {
  let stopped = false;
  const schedule = createUpdateSchedule(
    (signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          stopped = true;
          setTimeout(resolve, 300);
        });
      }),
  );
  schedule.request(0);
  await vi.advanceTimersByTimeAsync(10);
  schedule.request(0);
  let ended = false;
  void schedule.dispose().then(() => (ended = true));
  await vi.advanceTimersByTimeAsync(200);
  expect([stopped, ended]).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(200);
  expect(ended).toBe(true);
  schedule.request(0);
  expect(vi.getTimerCount()).toBe(0);
});
