import { coalesce } from '@renderer/stores/coalesce';
import { describe, expect, it } from 'vitest';

describe('coalesce', () => {
  it('makes two runs of many calls, the second begun after the last call', async () => {
    let runs = 0;
    let release = () => {};
    const reload = coalesce(async () => {
      runs += 1;
      if (runs === 1) await new Promise<void>((resolve) => (release = resolve));
    });
    const calls = [reload(), reload(), reload(), reload()];
    expect(runs).toBe(1);
    release();
    await Promise.all(calls);
    expect(runs).toBe(2);
  });

  it('runs again after a run that failed, and tells only those who asked for that one', async () => {
    let runs = 0;
    const reload = coalesce(async () => {
      runs += 1;
      if (runs === 1) throw new Error('first');
    });
    const first = reload();
    const second = reload();
    await expect(first).rejects.toThrow('first');
    await expect(second).resolves.toBeUndefined();
    expect(runs).toBe(2);
  });
});
