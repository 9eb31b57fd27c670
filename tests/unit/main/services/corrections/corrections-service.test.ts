import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { largestCorrectionBytes } from '@shared/domain/correction';
import { expect, describe, it } from 'vitest';
import { corrected, openInbox, pixel, serveInbox } from '../../../../fixtures/inbox';
import { drawPhoto } from '../../../../fixtures/make-photos';

const context = { signal: new AbortController().signal };

describe('the inbox of corrections', () => {
  it('keeps what came, with all that was said, over a restart', async () => {
    const { project, corrections } = await openInbox();
    const { correction, sha256 } = await corrected('mug');
    const received = await corrections.receive({ ...correction, sha256 });
    expect(received).toEqual({ outcome: 'added', id: 'correction-1' });
    expect(project.events.filter((name) => name === 'corrections.changed')).toHaveLength(1);
    const again = serveInbox(project);
    expect(await again.list()).toEqual({
      counts: { new: 1, accepted: 0, dismissed: 0 },
      corrections: [
        {
          id: 'correction-1',
          state: 'new',
          sha256,
          fileName: 'mug.jpg',
          bytes: expect.any(Number),
          width: 320,
          height: 240,
          answered: { label: 'banana', probability: 0.87 },
          said: 'hat',
          labelId: again.labelId('hat'),
          model: { sha256: 'a'.repeat(64), name: 'Float' },
          device: pixel,
          at: '2026-03-04T09:00:00.000Z',
          receivedAt: '2026-03-04T09:30:00.000Z',
        },
      ],
    });
    for (const form of ['thumbnail', 'display'] as const) {
      expect([...(await again.picture('correction-1', form))!.subarray(0, 2)]).toEqual([255, 216]);
    }
    expect(await again.picture('correction-2', 'display')).toBeUndefined();
  });

  it('takes the same words of a device once, and changed words in their place', async () => {
    const { corrections, list } = await openInbox();
    const { correction, sha256 } = await corrected('mug');
    await corrections.receive(correction);
    expect(await corrections.receive(correction)).toEqual({
      outcome: 'known',
      id: 'correction-1',
    });
    expect(corrections.has({ sha256, deviceId: pixel.id, said: 'hat' })).toBe(true);
    expect(corrections.has({ sha256, deviceId: 'android:OTHER', said: 'hat' })).toBe(false);
    expect(await corrections.receive({ ...correction, said: 'truck' })).toEqual({
      outcome: 'added',
      id: 'correction-1',
    });
    const { corrections: shown } = await list();
    expect(shown.map(({ said, labelId }) => [said, labelId])).toEqual([['truck', undefined]]);
    // Another device is another witness.
    const device = { id: 'browser:1', name: 'Ada’s phone' };
    expect((await corrections.receive({ ...correction, device })).outcome).toBe('added');
    expect((await list()).counts.new).toBe(2);
  });

  it.each([
    ['is no photo', { photo: { content: Buffer.from('not a photo') } }, 'photo-unreadable'],
    [
      'is too large',
      { photo: { content: new Uint8Array(largestCorrectionBytes + 1) } },
      'upload-refused',
    ],
    ['has other bytes than announced', { sha256: 'b'.repeat(64) }, 'hash-mismatch'],
  ] as const)('refuses a file that %s, and leaves nothing behind', async (_, change, code) => {
    const { project, corrections, list } = await openInbox();
    const before = readdirSync(project.folder).sort();
    const { correction } = await corrected('mug', change);
    await expect(corrections.receive(correction)).rejects.toMatchObject({
      code,
      remedy: expect.any(String),
    });
    expect((await list()).counts.new).toBe(0);
    expect(readdirSync(project.folder).sort()).toEqual(before);
  });

  it('accepted, becomes a photo of the data set as any other, with its label and origin', async () => {
    const { project, corrections, list, accept, labelId } = await openInbox();
    const { correction, content, sha256 } = await corrected('mug');
    const path = join(project.folder, 'sent.jpg');
    await writeFile(path, content);
    await corrections.receive({ ...correction, photo: { path } });
    expect(await accept({ id: 'correction-1' })).toBe('Took in the photo as hat.');
    const photo = (await project.photos()).find(({ fileName }) => fileName === 'mug.jpg');
    expect(photo).toMatchObject({ labelId: labelId('hat'), split: expect.any(String) });
    const detail = await project.call('dataset.photo', { photoId: photo!.id });
    expect(detail).toMatchObject({ sha256, stored: true });
    expect(project.service.dataset.sources([photo!.id])).toHaveLength(1);
    const found = await project.photos({ folder: 'Pixel 8/corrections' });
    expect(found.map(({ id }) => id)).toEqual([photo!.id]);
    expect((await list('accepted')).corrections).toMatchObject([
      { id: 'correction-1', photo: { id: photo!.id, labelId: labelId('hat') } },
    ]);
    expect((await list()).corrections).toEqual([]);

    const undone = await project.call('dataset.undo', {});
    expect(undone.description).toBe('Undone: Labeled 1 photo as corrected on a phone');
    const after = (await project.photos()).find(({ id }) => id === photo!.id);
    expect(after?.labelId).toBeUndefined();
  });

  it('accepted one by one, is one import while somebody sits at it', async () => {
    const { project, corrections, accept, labelId } = await openInbox();
    for (const seed of ['mug', 'cup', 'pan']) {
      await corrections.receive((await corrected(seed)).correction);
    }
    await accept({ id: 'correction-1' });
    const labels = [labelId('banana'), labelId('hat')] as const;
    const both = await accept(
      { id: 'correction-2', labelId: labels[0] },
      { id: 'correction-3', labelId: labels[1] },
    );
    expect(both).toBe('Took in 2 photos as corrected.');
    const { imports } = await project.call('dataset.filterChoices', {});
    expect(imports.map(({ count }) => count).sort()).toEqual([2, 3]);
    const { report } = await project.call('dataset.importReport', { importId: imports[0]!.id });
    expect(report?.added).toBe(imports[0]!.count);
    const labelOf = (name: string, photos: Awaited<ReturnType<typeof project.photos>>) =>
      photos.find(({ fileName }) => fileName === name)?.labelId;
    const photos = await project.photos();
    expect(labelOf('cup.jpg', photos)).toBe(labels[0]);
    expect(labelOf('pan.jpg', photos)).toBe(labels[1]);
  });

  it('says that the project had the photo already, and what label it has now', async () => {
    const { project, corrections, accept, list, labelId } = await openInbox();
    const photo = await drawPhoto('banana/1.jpg');
    const known = { ...(await corrected('x')).correction, photo: { content: photo } };
    await corrections.receive(known);
    expect((await list()).corrections[0]?.photo).toEqual({ id: 1, labelId: labelId('banana') });
    expect(await accept({ id: 'correction-1' })).toBe(
      'The project had this photo already. It is labeled hat instead of banana.',
    );
    expect(await project.photos()).toHaveLength(2);
    const device = { id: 'android:OTHER', name: 'Nokia' };
    await corrections.receive({ ...known, device });
    expect(await accept({ id: 'correction-2' })).toBe(
      'The project had this photo already, as hat.',
    );
    // Nothing was edited: undo takes back what was before.
    const { undo } = await project.call('dataset.summary', {});
    expect(undo).toBe('Labeled 1 photo as corrected on a phone');
  });

  it('refuses all when one has no label of the project, and names it', async () => {
    const { project, corrections, accept, list } = await openInbox();
    await corrections.receive((await corrected('mug')).correction);
    await corrections.receive((await corrected('cup', { said: 'kiwi' })).correction);
    const both = [{ id: 'correction-1' }, { id: 'correction-2' }];
    await expect(accept(...both)).rejects.toMatchObject({
      code: 'bad-request',
      message: 'The project has no label “kiwi”.',
    });
    expect((await list()).counts.new).toBe(2);
    expect(await project.photos()).toHaveLength(2);
    const unsaid = await corrected('pan', { said: undefined });
    await corrections.receive(unsaid.correction);
    await expect(accept({ id: 'correction-3' })).rejects.toThrow('Nobody has said yet');
  });

  it('says that a photo is no longer whole, and takes in none', async () => {
    const { project, corrections, accept, list } = await openInbox();
    await corrections.receive((await corrected('mug')).correction);
    const { correction, sha256 } = await corrected('cup');
    await corrections.receive(correction);
    const blob = join(project.context.blobsFolder, sha256.slice(0, 2), sha256);
    await writeFile(blob, await drawPhoto('another'));
    const both = [{ id: 'correction-1' }, { id: 'correction-2' }];
    await expect(accept(...both)).rejects.toMatchObject({ code: 'photo-unreadable' });
    expect((await list()).counts.new).toBe(2);
    expect(await project.photos()).toHaveLength(2);
  });

  it('dismissed, is out of the way and comes back', async () => {
    const { handlers, corrections, list } = await openInbox();
    const { correction } = await corrected('mug');
    await corrections.receive(correction);
    const ids = ['correction-1'];
    expect(await handlers['corrections.dismiss']({ ids }, context)).toEqual({
      sentence: 'Dismissed 1 correction, to be forgotten in 30 days.',
    });
    expect((await list()).counts).toEqual({ new: 0, accepted: 0, dismissed: 1 });
    // A phone that sends it again changes nothing about that.
    expect((await corrections.receive(correction)).outcome).toBe('known');
    expect((await list('dismissed')).corrections).toHaveLength(1);
    await handlers['corrections.restore']({ ids }, context);
    expect((await list()).counts).toEqual({ new: 1, accepted: 0, dismissed: 0 });
  });

  it('is not dismissed when it is not there, or was accepted', async () => {
    const { handlers, corrections, list, accept } = await openInbox();
    await corrections.receive((await corrected('mug')).correction);
    const dismiss = (...ids: string[]) => handlers['corrections.dismiss']({ ids }, context);
    expect(() => dismiss('correction-1', 'correction-9')).toThrow('There is no correction-9');
    await accept({ id: 'correction-1' });
    expect(() => dismiss('correction-1')).toThrow('its photo is in the project');
    expect((await list()).counts).toEqual({ new: 0, accepted: 1, dismissed: 0 });
  });
});
