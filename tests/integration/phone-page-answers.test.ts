import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { topAnswer } from '@shared/domain/comparison-math';
import { expect, it, onTestFinished } from 'vitest';
import { answersHere, makePageModels } from '../../scripts/bench/page-models';
import { openPhonePage, questionAbout } from '../../scripts/bench/phone-page';
import { seedPhotos } from '../../scripts/bench/whole-way';
import { findChromium } from '../../scripts/lib/chromium.mjs';

const seed = seedPhotos();
const learnedEach = 3;
const asked = 50;
const floatBound = 0.01;
const int8Steps = 2;

/** The first few photos of each label are learned from; the next, a label in turn, are asked about. */
function dealPhotos(folder: string) {
  const labels = readFileSync(join(dirname(folder), 'labels.txt'), 'utf8')
    .trim()
    .split('\n');
  const lists = labels.map((label, labelIndex) =>
    readdirSync(join(folder, label))
      .sort()
      .map((name) => ({ path: join(folder, label, name), labelIndex })),
  );
  const deal = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, turn) =>
      lists.flatMap((list) => list[from + turn] ?? []),
    ).flat();
  return {
    labels,
    learned: deal(0, learnedEach),
    others: deal(learnedEach, learnedEach + Math.ceil(asked / labels.length)).slice(0, asked),
  };
}

it.skipIf(!seed || !existsSync(seed) || !findChromium())(
  'the page in Chromium answers 50 photos as the desktop does (skipped without Chromium, or POCKETLENS_SEED or ../shared/seed)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pocketlens-page-answers-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    const { labels, learned, others } = dealPhotos(seed ?? '');
    const runtime = await createWasmRuntime();
    onTestFinished(() => runtime.dispose());
    const models = await makePageModels(folder, { photos: learned, labels }, runtime);
    const both = [models.float32, models.int8];
    const paths = others.map(({ path }) => path);
    const here = [
      await answersHere(models.float32, others, runtime),
      await answersHere(models.int8, others, runtime),
    ];

    const opened = await openPhonePage(folder, undefined);
    onTestFinished(() => opened?.close());
    await opened?.push(both, await questionAbout('fifty', both, paths));
    const result = await opened?.result('fifty');

    const { output } = models.int8.model.preprocessing;
    const bounds = [floatBound, int8Steps * (output.type === 'float32' ? 0 : output.scale)];
    expect(result?.runs.map(({ model }) => model)).toEqual(both.map(({ model }) => model.sha256));
    for (const [index, { answers }] of (result?.runs ?? []).entries()) {
      expect(answers).toHaveLength(asked);
      const differences = answers.map(({ probabilities = [] }, row) => {
        expect(probabilities).toHaveLength(labels.length);
        return Math.max(
          ...probabilities.map((said, at) => Math.abs(said - (here[index]?.[row]?.[at] ?? -1))),
        );
      });
      // Sums of float32 end a hair above a step.
      expect(Math.max(...differences)).toBeLessThanOrEqual((bounds[index] ?? 0) + 1e-6);
      // Models that say the same of everything would pass, too.
      const right = here[index]?.filter(
        (answer, row) => topAnswer(answer) === others[row]?.labelIndex,
      );
      expect(right?.length).toBeGreaterThan(0.8 * asked);
    }
  },
);
