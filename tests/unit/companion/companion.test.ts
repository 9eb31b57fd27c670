import { createHash } from 'node:crypto';
import { type Companion, createCompanion } from '@companion/engine/companion';
import type { StudioFiles } from '@companion/engine/studio-files';
import type { FromWorker, GoldenState, ModelsState } from '@companion/messages';
import { hashOf } from '@companion/engine/ready-model';
import { texts } from '@companion/texts';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import {
  type CompanionCheck,
  companionResultSchema,
  companionStatusSchema,
} from '@shared/domain/companion-protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeSquare, readVector, vectorContract, vectorManifest } from './companion-vectors';

const [float, int8] = vectorManifest.models.map(({ sha256 }) => sha256) as [string, string];
const [photo] = (
  JSON.parse(readVector(`folder/golden/${float}.json`).toString('utf8')) as {
    photos: { file: string; expected: number[] }[];
  }
).photos as [{ file: string; expected: number[] }];

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

/** A page with a pushed folder behind it; `changes` are other bytes of files, undefined: not there. */
async function open(changes: Record<string, Uint8Array | string | undefined> = {}) {
  const files = new Map<string, Uint8Array | string | undefined>(Object.entries(changes));
  const sent: { path: string; message: unknown }[] = [];
  const told: FromWorker[] = [];
  const reads: string[] = [];
  const held = new Map<string, Promise<void>>();
  const studio: StudioFiles = {
    async read(name) {
      reads.push(name);
      await held.get(name);
      if (!files.has(name)) {
        try {
          return new Uint8Array(readVector(`folder/${name}`));
        } catch {
          return undefined;
        }
      }
      const bytes = files.get(name);
      return bytes === undefined ? undefined : new Uint8Array(Buffer.from(bytes));
    },
    async send(path, message) {
      sent.push({ path, message });
      return true;
    },
  };
  const companion: Companion = createCompanion({
    files: studio,
    startRuntime: async () => runtime,
    openGpu: async () => undefined,
    readSquare: async (picture, cropFraction) =>
      decodeSquare(new Uint8Array(await (picture as Blob).arrayBuffer()), cropFraction),
    tell: (message) => told.push(message),
    now: () => new Date('2026-03-01T10:00:00Z'),
  });
  await companion.look();
  const last = <Kind extends FromWorker['kind']>(kind: Kind) =>
    told.findLast((message) => message.kind === kind) as
      | Extract<FromWorker, { kind: Kind }>
      | undefined;
  return {
    companion,
    files,
    /** Reads of a file wait until the returned function is called. */
    hold(name: string): () => void {
      let arrive = () => {};
      held.set(name, new Promise((resolve) => (arrive = resolve)));
      return arrive;
    },
    sent,
    told,
    reads,
    golden: (): GoldenState | undefined => last('golden')?.state,
    models: (): ModelsState | undefined => last('models')?.state,
    trouble: () => last('trouble')?.problem,
    status: () =>
      companionStatusSchema.parse(sent.findLast(({ path }) => path === '/status')?.message),
    ask: async () =>
      companion.answer(new Blob([new Uint8Array(readVector(`folder/${photo.file}`))])),
  };
}

const json = (value: object) => JSON.stringify(value);
const manifestOf = (change: Partial<typeof vectorManifest>) =>
  json({ ...vectorManifest, ...change });
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
    const page = await open();
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
    const { sent } = await open();
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
    const page = await open({
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
    const page = await open();
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
    const { sent } = await open({ 'checks/vectors.json': json(check) });
    expect(sent.map(({ path }) => path)).toEqual(['/status']);
  });

  it('goes red with a wrong contract, and names the mistake once the studio has', async () => {
    const page = await open({ [`${float}.json`]: withNormalization(float, 0, 255) });
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
    const page = await open();
    await page.companion.use(int8);
    expect(page.models()?.running).toBe(int8);
    expect((await page.ask())?.sha256).toBe(int8);
    expect(page.golden()?.state).toBe('same');
    await page.companion.use(float);
    const loaded = page.reads.filter((name) => name.endsWith('.tflite'));
    expect(loaded).toHaveLength(new Set(loaded).size);
  });

  it('swaps to what is pushed next and lets go of what is not named any more', async () => {
    const page = await open();
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
    const page = await open({ 'manifest.json': manifestOf({ check: undefined }) });
    const arrive = page.hold(`${int8}.tflite`);
    page.files.set('manifest.json', manifestOf({ active: int8, check: undefined }));
    const swapped = page.companion.look();
    expect((await page.ask())?.sha256).toBe(float);
    arrive();
    await swapped;
    expect((await page.ask())?.sha256).toBe(int8);
  });

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
    const page = await open();
    for (const [name, bytes] of Object.entries(changes)) page.files.set(name, bytes);
    page.files.set('manifest.json', manifestOf({ active: int8 }));
    // The int8 model was loaded for the request: a new page has to load it.
    const fresh = await open(Object.fromEntries(page.files));
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
    const page = await open();
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

  it('has no answer before a model is pushed, and none is missed', async () => {
    const page = await open({ 'manifest.json': undefined });
    expect(await page.ask()).toBeUndefined();
    expect(page.told).toEqual([{ kind: 'trouble', problem: undefined }]);
    page.files.delete('manifest.json');
    await page.companion.look();
    expect(await page.ask()).toBeDefined();
  });

  it('says that golden photos could not be checked, and runs nevertheless', async () => {
    const page = await open({ [photo.file]: undefined });
    expect(page.golden()).toMatchObject({ state: 'failed', problem: texts.photo.missing });
    expect(await open({ [photo.file]: 'another photo' }).then((one) => one.golden())).toMatchObject(
      {
        problem: texts.photo.hash,
      },
    );
    const answer = page.sent.find(({ path }) => path === '/results/vectors')?.message;
    const [first] = companionResultSchema.parse(answer).runs[0]!.answers;
    expect(first).toMatchObject({ problem: texts.photo.missing });
    expect(first?.probabilities).toBeUndefined();
  });

  it('is not checked where the studio sent no golden photos', async () => {
    expect((await open({ [`golden/${float}.json`]: undefined })).golden()?.state).toBe('none');
  });
});
