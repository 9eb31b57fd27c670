import { readdirSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { createWasmRuntime } from '../../src/main/engine/runtime/wasm-runtime';
import { percentile } from '../../src/shared/domain/statistics';
import { drawPhotos } from './draw-photos';
import { inProject } from './bench-app';
import { type LearnedPhoto, makePageModels } from './page-models';
import { openPhonePage } from './phone-page';
import { round } from './stopwatch';

const photosEach = 6;
/** Answers after which the page is warm, and those that count. */
const warmups = 20;
const counted = 120;
const patienceMs = 300_000;

/** An answer of the page to a frame of the camera. */
interface Answer {
  sha256: string;
  /** Inside LiteRT alone, and from the frame to the answer. */
  inferenceMs: number;
  totalMs: number;
  /** When the page had it: milliseconds since 1970. */
  at: number;
}

/**
 * The page for phones with EfficientNet-Lite0 in headless Chromium, whose pretended camera plays one picture at
 * some 30 frames a second: float32, and int8 swapped in while it runs. The models are made here first, of
 * drawn pictures where there are no seed photos: what they learned changes no time. Where there is no Chromium
 * it says so instead.
 */
export async function benchCompanionPage(folder: string, seed: string | undefined) {
  await mkdir(folder, { recursive: true });
  const { labels, photos } = await photosFor(folder, seed);
  const seen = await readFile(photos[0]?.path ?? '');
  const probe = inProject('scripts/bench/phone-page-probe.js');
  const opened = await openPhonePage(folder, seen, {
    prepare: (context) => context.addInitScript({ path: probe }),
  });
  if (!opened) {
    const hint = 'install one, or name its program in POCKETLENS_CHROMIUM';
    return { notMeasured: `There is no Chromium or Google Chrome here: ${hint}.` };
  }
  const { page, push, close } = opened;
  try {
    const runtime = await createWasmRuntime();
    const { float32, int8 } = await makePageModels(folder, { labels, photos }, runtime);
    await runtime.dispose();
    const loadedAt = Date.now();
    await push([float32]);
    const floats = await answersWith(page, float32.model.sha256);
    const swappedAt = Date.now();
    await push([int8]);
    const int8s = await answersWith(page, int8.model.sha256);
    return {
      ...(await surroundings(page)),
      float32: figuresOf(floats),
      int8: figuresOf(int8s),
      /** From a push's first byte to the first answer of its model. */
      firstModelMs: (floats[0]?.at ?? Number.NaN) - loadedAt,
      swapMs: (int8s[0]?.at ?? Number.NaN) - swappedAt,
      /** For how long no frame was answered at a stretch meanwhile. */
      longestPauseOfSwapMs: longestPause(await answersOf(page), {
        from: swappedAt,
        to: int8s[warmups]?.at ?? Number.NaN,
      }),
    };
  } finally {
    await close();
  }
}

async function photosFor(folder: string, seed: string | undefined) {
  const root = seed ?? join(folder, 'drawn');
  if (seed === undefined) await drawPhotos(root, 7 * photosEach, 7);
  const labels = readdirSync(root).sort();
  const photos = labels.flatMap((label, labelIndex) =>
    readdirSync(join(root, label))
      .sort()
      .slice(0, photosEach)
      .map((name): LearnedPhoto => ({ path: join(root, label, name), labelIndex })),
  );
  return { labels, photos };
}

const answersOf = (page: Page): Promise<Answer[]> => page.evaluate('answersGiven()');

/** All answers with a model, once there are enough. */
async function answersWith(page: Page, sha256: string): Promise<Answer[]> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(500)) {
    const own = (await answersOf(page)).filter((answer) => answer.sha256 === sha256);
    if (own.length >= warmups + counted) return own;
  }
  throw new Error('The page answers too few frames to be measured.');
}

function figuresOf(answers: readonly Answer[]) {
  const warm = answers.slice(warmups);
  const seconds = ((warm.at(-1)?.at ?? 0) - (warm[0]?.at ?? 0)) / 1000;
  const percentiles = (times: readonly number[]) => ({
    p50: round(percentile(times, 0.5)),
    p95: round(percentile(times, 0.95)),
  });
  return {
    frames: warm.length,
    framesPerSecond: round((warm.length - 1) / seconds),
    inferenceMs: percentiles(warm.map(({ inferenceMs }) => inferenceMs)),
    frameToAnswerMs: percentiles(warm.map(({ totalMs }) => totalMs)),
  };
}

function longestPause(answers: readonly Answer[], { from, to }: { from: number; to: number }) {
  const times = answers.map(({ at }) => at).filter((at) => at >= from && at <= to);
  return Math.max(...times.map((at, index) => at - (times[index - 1] ?? from)));
}

/** What the times depend on, as the page itself has it. */
async function surroundings(page: Page) {
  const runtime = (await page.getByRole('heading').first().getAttribute('title')) ?? '';
  return {
    chromium: page.context().browser()?.version(),
    crossOriginIsolated: await page.evaluate<boolean>('crossOriginIsolated'),
    threads: Number(/(\d+) threads/.exec(runtime)?.[1] ?? 1),
    runtime: runtime.replace(/^.* · /, ''),
  };
}
