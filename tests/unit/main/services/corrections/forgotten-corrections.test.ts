import { existsSync } from 'node:fs';
import { blobPath } from '@main/platform/blob-store';
import { dismissedKeptDays } from '@shared/domain/correction';
import { describe, expect, it } from 'vitest';
import { corrected, openInbox } from '../../../../fixtures/inbox';

const context = { signal: new AbortController().signal };
const dayMs = 24 * 60 * 60 * 1000;

/** An inbox with a clock that can be put forward, and a way to receive and dismiss. */
async function openWithClock() {
  let now = Date.parse('2026-03-04T09:00:00.000Z');
  const inbox = await openInbox({ now: () => new Date(now) });
  const { handlers, corrections, project } = inbox;
  const isThere = (sha256: string) => existsSync(blobPath(project.context.blobsFolder, sha256));
  return {
    ...inbox,
    isThere,
    pass: (days: number) => void (now += days * dayMs),
    async take(seed: string, change = {}) {
      const { correction, sha256 } = await corrected(seed, change);
      const { id } = await corrections.receive(correction);
      expect(isThere(sha256)).toBe(true);
      return { id, sha256 };
    },
    dismiss: (...ids: string[]) => handlers['corrections.dismiss']({ ids }, context),
    restore: (...ids: string[]) => handlers['corrections.restore']({ ids }, context),
    forget: async () => handlers['corrections.forgetDismissed']({}, context),
  };
}

describe('a dismissed correction', () => {
  it('is kept for thirty days, and goes with its photo at the next close after them', async () => {
    const { take, dismiss, pass, list, dispose, isThere } = await openWithClock();
    const mug = await take('mug');
    const cup = await take('cup');
    await dismiss(mug.id);
    pass(dismissedKeptDays - 1);
    await dismiss(cup.id);
    await dispose();
    expect((await list('dismissed')).corrections).toHaveLength(2);
    pass(2);
    expect((await list('dismissed')).corrections.map(({ id }) => id)).toEqual([cup.id]);
    expect((await list()).counts.dismissed).toBe(1);
    expect(isThere(mug.sha256)).toBe(true);
    await dispose();
    expect([isThere(mug.sha256), isThere(cup.sha256)]).toEqual([false, true]);
  });

  it('that was brought back begins anew', async () => {
    const { take, dismiss, restore, pass, list, dispose, isThere } = await openWithClock();
    const { id, sha256 } = await take('mug');
    await dismiss(id);
    pass(dismissedKeptDays - 1);
    await restore(id);
    pass(dismissedKeptDays);
    await dispose();
    expect((await list()).corrections).toHaveLength(1);
    await dismiss(id);
    await dispose();
    expect(isThere(sha256)).toBe(true);
  });

  it('is forgotten when somebody says so, and can be taken back until the project is closed', async () => {
    const { take, dismiss, forget, list, dispose, isThere, corrections } = await openWithClock();
    const mug = await take('mug');
    await dismiss(mug.id);
    const answer = await forget();
    expect(answer).toMatchObject({ ids: [mug.id], bytes: expect.any(Number) });
    expect(answer.bytes).toBeGreaterThan(500);
    expect(answer.sentence).toMatch(/^Forgot 1 correction\./);
    expect((await list('dismissed')).corrections).toEqual([]);
    await expect(forget()).rejects.toThrow('No dismissed corrections');
    await dismiss(mug.id);
    expect((await list('dismissed')).corrections).toHaveLength(1);
    await dispose();
    expect(isThere(mug.sha256)).toBe(true);

    await forget();
    await dispose();
    expect(isThere(mug.sha256)).toBe(false);
    expect((await list()).counts).toEqual({ new: 0, accepted: 0, dismissed: 0 });
    // It may come again, and is new then.
    const again = await corrections.receive((await corrected('mug')).correction);
    expect(again.outcome).toBe('added');
    expect(isThere(mug.sha256)).toBe(true);
  });

  it('leaves its photo where the project or another correction needs it', async () => {
    const { take, dismiss, forget, accept, labelId, dispose, isThere, project } =
      await openWithClock();
    // The same photo from two phones; the words of one are taken.
    const other = { device: { id: 'android:OTHER', name: 'Nokia' } };
    const mug = await take('mug');
    const again = await take('mug', other);
    await accept({ id: again.id, labelId: labelId('hat') });
    // Another that is new still on the second phone.
    const cup = await take('cup');
    await take('cup', other);
    // One that the project has by reference.
    const known = await take('banana/1.jpg');
    await dismiss(mug.id, cup.id, known.id);
    await forget();
    await dispose();
    expect([isThere(mug.sha256), isThere(cup.sha256)]).toEqual([true, true]);
    expect(await project.photos()).toHaveLength(3);
  });
});
