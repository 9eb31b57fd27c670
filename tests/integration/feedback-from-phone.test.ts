import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { companionProtocol } from '@shared/domain/companion-protocol';
import { expect, it, vi } from 'vitest';
import { giveFeedback, writeWhole } from '../fakes/companion-feedback';
import { onBothPhones } from '../fixtures/both-phones';
import { openFeedbackStudio } from '../fixtures/feedback-studio';
import { drawPhoto } from '../fixtures/make-photos';

const draw = (seed: string) => drawPhoto(seed, { width: 96, height: 64 });

onBothPhones('feedback on', (openPhone) => {
  async function open({ watches = false } = {}) {
    const phone = await openPhone();
    const studio = openFeedbackStudio({ ...phone, watches });
    await studio.until('ready');
    const folder = phone.appFolder;
    mkdirSync(join(folder, 'feedback'), { recursive: true });
    const there = () => readdirSync(join(folder, 'feedback')).sort();
    return { ...phone, ...studio, folder, there };
  }

  it('takes each correction once, and clears the phone of what is safe', async () => {
    const { folder, read, list, there, jobs, deviceId, ask } = await open();
    const first = giveFeedback(folder, 1, await draw('1'));
    const second = giveFeedback(folder, 2, await draw('2'), {
      answered: undefined,
      probability: undefined,
      model: undefined,
      label: 'truck',
    });
    writeWhole(
      join(folder, 'manifest.json'),
      JSON.stringify({
        protocol: companionProtocol,
        createdAt: '2026-03-01T10:00:00.000Z',
        project: { name: 'Seven things' },
        active: 'a'.repeat(64),
        models: [
          {
            sha256: 'a'.repeat(64),
            file: 'x.tflite',
            contract: 'x.json',
            name: 'x',
            precision: 'int8',
            bytes: 1,
          },
        ],
      }),
    );
    expect(await read()).toEqual({ taken: '2', left: '0' });
    const corrections = await list();
    expect(corrections).toMatchObject([
      { sha256: second.sha256, said: 'truck', width: 96, height: 64 },
      {
        sha256: first.sha256,
        answered: { label: 'banana', probability: 0.87 },
        said: 'hat',
        model: { sha256: 'a'.repeat(64) },
        device: { id: deviceId, name: expect.any(String) },
        at: '2026-03-04T09:00:00.000Z',
        fileName: expect.stringMatching(/ 2026-03-04 09\.00\.00\.jpg$/),
      },
    ]);
    expect(corrections[0]).not.toHaveProperty('answered');
    expect(there()).toEqual([]);
    expect((await ask()).sentence).toMatch(/^There are no corrections on /);

    // The phone was cut before its files were removed, or restored from a backup.
    giveFeedback(folder, 1, await draw('1'));
    expect(await read()).toEqual({ taken: '0', left: '0' });
    expect(jobs.last().log.at(-1)).toBe('0 taken, 1 had come before.');
    expect(await list()).toHaveLength(2);
    expect(there()).toEqual([]);
  });

  it('leaves on the phone what it can’t take or is another project’s, and says why', async () => {
    const { folder, read, list, there, jobs } = await open();
    const good = giveFeedback(folder, 1, await draw('1'));
    const shared = giveFeedback(folder, 2, await draw('1'), { model: 'f'.repeat(64) });
    const noPhoto = giveFeedback(folder, 3, Buffer.from('not a photo'));
    const wrongHash = giveFeedback(folder, 4, await draw('4'), {
      photo: { file: good.photo, sha256: 'e'.repeat(64) },
    });
    const newer = giveFeedback(folder, 5, await draw('5'), { protocol: { major: 9, minor: 0 } });
    const escaping = giveFeedback(folder, 6, await draw('6'), {
      photo: { file: '../secret.jpg', sha256: 'e'.repeat(64) },
    });
    const without = giveFeedback(folder, 7, await draw('7'), {
      photo: { file: 'feedback/gone.jpg', sha256: 'e'.repeat(64) },
    });
    writeFileSync(join(folder, 'feedback', 'half.json'), '{"protocol"');
    writeFileSync(join(folder, 'feedback', '.being-written.json.part'), '{');
    // Of another project's models, or without a model while nobody knows who pushed.
    giveFeedback(folder, 8, await draw('8'), { model: undefined });
    const before = there();
    expect(await read()).toEqual({ taken: '1', left: '6' });
    expect((await list()).map(({ sha256 }) => sha256)).toEqual([good.sha256]);
    // The photo stays for the other messages about it.
    expect(there()).toEqual(before.filter((name) => `feedback/${name}` !== good.message));
    const log = jobs.last().log.join('\n');
    for (const { message } of [noPhoto, wrongHash, newer, escaping, without]) {
      expect(log).toContain(`${message} stays on the phone: `);
    }
    expect(log).toContain('feedback/half.json stays on the phone: The message is not what');
    expect(log).toContain('other bytes than its app announced');
    expect(log).toContain('newer version of the companion protocol');
    expect(log).toContain('Its photo is not beside it.');
    expect(log).toContain('2 belong to other projects');
    expect(log).not.toContain(shared.message);
  });

  it('pulled out in the middle loses nothing, and the rest comes with the next reading', async () => {
    const { folder, read, list, pull, plugIn, whenTaken, there } = await open();
    for (const number of [1, 2, 3, 4]) giveFeedback(folder, number, await draw(`${number}`));
    whenTaken(pull);
    await expect(read()).rejects.toMatchObject({
      code: 'device-gone',
      remedy: expect.any(String),
    });
    whenTaken(() => {});
    expect((await list()).length).toBeGreaterThan(0);
    expect(there().filter((name) => name.endsWith('.json')).length).toBeGreaterThan(0);
    await plugIn();
    await read();
    expect(new Set((await list()).map(({ sha256 }) => sha256)).size).toBe(4);
    expect(await list()).toHaveLength(4);
    expect(there()).toEqual([]);
  });

  it('cancelled, keeps what is in and leaves the rest on the phone', async () => {
    const { folder, project, read, ask, jobs, list, whenTaken, there } = await open();
    for (const number of [1, 2, 3]) giveFeedback(folder, number, await draw(`${number}`));
    const files = readdirSync(project.folder).sort();
    await ask();
    whenTaken(() => jobs.last().cancel());
    await expect(jobs.last().run()).rejects.toMatchObject({ code: 'cancelled' });
    whenTaken(() => {});
    expect(await list()).toHaveLength(1);
    expect(there().filter((name) => name.endsWith('.json'))).toHaveLength(2);
    expect(readdirSync(project.folder).sort()).toEqual(files);
    await read();
    expect(await list()).toHaveLength(3);
  });

  it('is read by itself when it is plugged in, and while it stays', async () => {
    const { folder, jobs, list } = await open({ watches: true });
    giveFeedback(folder, 1, await draw('1'));
    await vi.waitFor(() => expect(jobs.started).toHaveLength(1), 20_000);
    expect(jobs.last().title).toMatch(/^Taking corrections from /);
    await jobs.last().run();
    writeFileSync(join(folder, 'feedback', 'half.json'), '{"protocol"');
    await vi.waitFor(() => expect(jobs.started).toHaveLength(2), 20_000);
    await jobs.last().run();
    giveFeedback(folder, 2, await draw('2'));
    await vi.waitFor(() => expect(jobs.started).toHaveLength(3), 20_000);
    await jobs.last().run();
    expect(await list()).toHaveLength(2);
  });
});
