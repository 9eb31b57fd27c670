import { texts } from '@companion/texts';
import { hashOf } from '@companion/engine/ready-model';
import { type CompanionCheck, companionResultSchema } from '@shared/domain/companion-protocol';
import { describe, expect, it } from 'vitest';
import { readVector, vectorContract, vectorManifest } from './companion-vectors';
import { float, int8, json, manifestOf, phonePages, photo } from './open-page';

const openPage = phonePages();

const withNormalization = (sha256: string, mean: number, std: number) => {
  const contract = vectorContract(sha256);
  const preprocessing = {
    ...contract.preprocessing,
    mean: [mean, mean, mean],
    std: [std, std, std],
  };
  return json({ ...contract, preprocessing });
};

describe('the page', () => {
  it('runs the pushed model, answers as the desktop does, and says so', async () => {
    const page = await openPage();
    expect(page.models()).toMatchObject({ project: 'Vectors', running: float });
    expect(page.models()?.models.map(({ precision }) => precision)).toEqual(['float32', 'int8']);
    expect(page.golden()).toMatchObject({ state: 'same', photos: 7 });
    expect(page.golden()?.largestDifference).toBeGreaterThan(0);
    const answer = await page.ask();
    expect(answer?.sha256).toBe(float);
    expect(answer?.labels).toEqual(vectorContract(float).preprocessing.labels);
    photo.expected.forEach((expected, at) => {
      expect(answer?.probabilities[at]).toBeCloseTo(expected, 1);
    });
    expect(page.status()).toMatchObject({ state: 'idle', running: float });
  });

  it('answers the request that came with the push, with both models', async () => {
    const { sent } = await openPage();
    const message = sent.find(({ path }) => path === '/results/vectors')?.message;
    const result = companionResultSchema.parse(message);
    expect(result.runs.map(({ model }) => model)).toEqual([float, int8]);
    for (const run of result.runs) {
      expect(run.answers).toHaveLength(7);
      expect(run.answers.every(({ probabilities }) => probabilities !== undefined)).toBe(true);
      expect(run.latencyMs.p95).toBeGreaterThanOrEqual(run.latencyMs.p50);
    }
  });

  it('answers a question that comes without a manifest, with models that none lists', async () => {
    const only = vectorManifest.models.filter(({ sha256 }) => sha256 === float);
    const page = await openPage({
      'manifest.json': manifestOf({ models: only, check: undefined }),
      'photos/a.png': readVector(`folder/${photo.file}`),
      'requests/measure-1.json': json({
        protocol: { major: 1, minor: 0 },
        id: 'measure-1',
        models: [int8, 'f'.repeat(64)],
        photos: [{ file: 'photos/a.png', sha256: hashOf(readVector(`folder/${photo.file}`)) }],
      }),
    });
    const before = page.told.length;
    await page.companion.look('requests/measure-1.json');
    const message = page.sent.find(({ path }) => path === '/results/measure-1')?.message;
    const [known, missing] = companionResultSchema.parse(message).runs;
    expect(known?.answers[0]?.probabilities).toHaveLength(photo.expected.length);
    expect(known?.runtime).toContain('LiteRT');
    expect(missing).toMatchObject({ answers: [], problem: texts.refused.missing });
    // What runs, and what the page shows of it, is as it was.
    expect(page.told).toHaveLength(before);
    expect((await page.ask())?.sha256).toBe(float);
    expect(page.status()).toMatchObject({ state: 'idle', running: float });
  });

  it('looks at the files that say something alone, and waits with golden photos for their manifest', async () => {
    const page = await openPage();
    const [sent, read] = [page.sent.length, page.reads.length];
    await page.companion.look(`${int8}.tflite`);
    await page.companion.look(`photos/${int8}.jpg`);
    expect(page.reads).toHaveLength(read);
    await page.companion.look('requests/vectors.json');
    expect(page.reads.slice(read)).toEqual(['requests/vectors.json']);
    expect(page.sent).toHaveLength(sent);
    page.files.set('manifest.json', manifestOf({ active: int8, check: undefined }));
    await page.companion.look('manifest.json');
    expect(page.models()?.running).toBe(int8);
  });

  it('does not answer again what the studio has judged', async () => {
    const check: CompanionCheck = {
      protocol: { major: 1, minor: 0 },
      id: 'vectors',
      outcomes: [{ model: float, outcome: 'same', mistakes: [] }],
    };
    const { sent } = await openPage({ 'checks/vectors.json': json(check) });
    expect(sent.map(({ path }) => path)).toEqual(['/status']);
  });

  it('goes red with a wrong contract, and names the mistake once the studio has', async () => {
    const page = await openPage({ [`${float}.json`]: withNormalization(float, 0, 255) });
    expect(page.golden()).toMatchObject({ state: 'different', mistakes: [] });
    const mistakes = [
      { name: 'values divided by 255', remedy: 'Use the contract’s mean and std.' },
    ];
    const check: CompanionCheck = {
      protocol: { major: 1, minor: 0 },
      id: 'vectors',
      outcomes: [{ model: float, outcome: 'different', largestDifference: 0.4, mistakes }],
    };
    page.files.set('checks/vectors.json', json(check));
    await page.companion.look();
    expect(page.golden()).toMatchObject({ state: 'different', mistakes });
  });

  it('switches to the int8 model and back without loading anything twice', async () => {
    const page = await openPage();
    await page.companion.use(int8);
    expect(page.models()?.running).toBe(int8);
    expect((await page.ask())?.sha256).toBe(int8);
    expect(page.golden()?.state).toBe('same');
    await page.companion.use(float);
    const loaded = page.reads.filter((name) => name.endsWith('.tflite'));
    expect(loaded).toHaveLength(new Set(loaded).size);
  });

  it('swaps to what is pushed next and lets go of what is not named any more', async () => {
    const page = await openPage();
    const only = vectorManifest.models.filter(({ sha256 }) => sha256 === int8);
    page.files.set('manifest.json', manifestOf({ active: int8, models: only }));
    await page.companion.look();
    expect((await page.ask())?.sha256).toBe(int8);
    expect(page.models()?.models).toHaveLength(1);
    await page.companion.use(float);
    expect(page.trouble()).toBe(texts.refused.unknown);
    expect((await page.ask())?.sha256).toBe(int8);
  });

  it('answers with the model before while the next one is loaded', async () => {
    const page = await openPage({ 'manifest.json': manifestOf({ check: undefined }) });
    const arrive = page.hold(`${int8}.tflite`);
    page.files.set('manifest.json', manifestOf({ active: int8, check: undefined }));
    const swapped = page.companion.look();
    expect((await page.ask())?.sha256).toBe(float);
    arrive();
    await swapped;
    expect((await page.ask())?.sha256).toBe(int8);
  });

  it('has no answer before a model is pushed, and none is missed', async () => {
    const page = await openPage({ 'manifest.json': undefined });
    expect(await page.ask()).toBeUndefined();
    expect(page.told).toEqual([{ kind: 'trouble', problem: undefined }]);
    page.files.delete('manifest.json');
    await page.companion.look();
    expect(await page.ask()).toBeDefined();
  });
});
