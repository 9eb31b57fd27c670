import { createHash } from 'node:crypto';
import { texts } from '@companion/texts';
import { companionResultSchema } from '@shared/domain/companion-protocol';
import { describe, expect, it } from 'vitest';
import { vectorContract, vectorManifest } from './companion-vectors';
import { float, int8, json, manifestOf, phonePages, photo } from './open-page';

const openPage = phonePages();

describe('the page, given what it can’t use', () => {
  it.each([
    ['other bytes', { [`${int8}.tflite`]: 'broken' }, texts.refused.hash],
    ['no bytes', { [`${int8}.tflite`]: undefined }, texts.refused.missing],
    ['no contract', { [`${int8}.json`]: undefined }, texts.refused.missing],
    ['a broken contract', { [`${int8}.json`]: '{}' }, texts.refused.broken],
    [
      'another model’s contract',
      { [`${int8}.json`]: json(vectorContract(float)) },
      texts.refused.contract,
    ],
    [
      'a contract of a newer protocol',
      { [`${int8}.json`]: json({ ...vectorContract(int8), protocol: { major: 2, minor: 0 } }) },
      texts.refused.newer,
    ],
  ])('refuses a model with %s, says why, and runs the last good one', async (_, changes, why) => {
    const page = await openPage();
    for (const [name, bytes] of Object.entries(changes)) page.files.set(name, bytes);
    page.files.set('manifest.json', manifestOf({ active: int8 }));
    // The int8 model was loaded for the request: a new page has to load it.
    const fresh = await openPage(Object.fromEntries(page.files));
    expect(fresh.trouble()).toBe(why);
    expect(fresh.status()).toMatchObject({ state: 'failed', problem: why });
    expect(await fresh.ask()).toBeUndefined();
    fresh.files.set('manifest.json', manifestOf({ active: float }));
    await fresh.companion.look();
    expect(fresh.trouble()).toBeUndefined();
    expect((await fresh.ask())?.sha256).toBe(float);
  });

  it('refuses a broken file of the same name without losing the model that runs', async () => {
    const bytes = Buffer.from('no model at all');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const page = await openPage();
    page.files.set(`${sha256}.tflite`, bytes);
    page.files.set(`${sha256}.json`, json({ ...vectorContract(float), sha256 }));
    const entry = {
      ...vectorManifest.models[0]!,
      sha256,
      file: `${sha256}.tflite`,
      contract: `${sha256}.json`,
    };
    page.files.set('manifest.json', manifestOf({ active: sha256, models: [entry] }));
    await page.companion.look();
    expect(page.trouble()).toMatch(/LiteRT cannot read/);
    expect((await page.ask())?.sha256).toBe(float);
  });

  it('says that golden photos could not be checked, and runs nevertheless', async () => {
    const page = await openPage({ [photo.file]: undefined });
    expect(page.golden()).toMatchObject({ state: 'failed', problem: texts.photo.missing });
    expect(
      await openPage({ [photo.file]: 'another photo' }).then((one) => one.golden()),
    ).toMatchObject({
      problem: texts.photo.hash,
    });
    const answer = page.sent.find(({ path }) => path === '/results/vectors')?.message;
    const [first] = companionResultSchema.parse(answer).runs[0]!.answers;
    expect(first).toMatchObject({ problem: texts.photo.missing });
    expect(first?.probabilities).toBeUndefined();
  });

  it('is not checked where the studio sent no golden photos', async () => {
    expect((await openPage({ [`golden/${float}.json`]: undefined })).golden()?.state).toBe('none');
  });
});
