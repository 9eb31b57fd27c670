// npm run screenshots: makes the pictures of README.md and docs anew, from the sample project in Chromium
// at 1280 x 800, so that they show the interface as it is.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import { startWebHost } from '../src/main/host/web/start-web-host';
import { runJob, waitForJobs } from '../src/main/host/cli/follow-jobs';
import type { StudioClient } from '../src/shared/api/contract';
import { createBenchApp } from './bench/bench-app';
import { findChromium } from './lib/chromium.mjs';

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const target = here('docs/screenshots');
const never = { signal: new AbortController().signal };
const places = ['Photos', 'Train', 'Compare'] as const;
/** What only shows something once labels are wrong. */
const curationPlaces = ['Issues', 'Map', 'Versions'] as const;

const folder = await mkdtemp(join(tmpdir(), 'pocketlens-screenshots-'));
const app = await createBenchApp(folder);
try {
  await makeModels(app.client());
  const log = { info: () => undefined, warn: () => undefined, error: console.error };
  const host = await startWebHost({ app, rendererFolder: here('out/renderer'), port: 0, log });
  await mkdir(target, { recursive: true });
  await takePictures(host.url, app.client());
  await host.close();
} finally {
  await app.dispose();
  await rm(folder, { recursive: true, force: true });
}

async function makeModels(client: StudioClient): Promise<void> {
  await client.call('projects.createSample', {});
  await waitForJobs(client, 'import', never);
  await waitForJobs(client, 'features', never);
  const trained = await runJob(client, () => client.call('training.start', {}), never);
  const parentId = trained.result?.['modelId'] ?? '';
  const quantized = await runJob(
    client,
    () => client.call('quantization.start', { modelId: parentId }),
    never,
  );
  const half = await runJob(
    client,
    () =>
      client.call('quantization.start', { modelId: parentId, settings: { precision: 'float16' } }),
    never,
  );
  const idOf = ({ result }: typeof half) => result?.['modelId'] ?? '';
  await runJob(client, () => client.call('quantization.climb', { modelId: parentId }), never);
  for (const modelIds of [
    [parentId, idOf(half)],
    [parentId, idOf(quantized)],
  ]) {
    await runJob(client, () => client.call('evaluation.compare', { modelIds }), never);
  }
}

/** Some labels go wrong after the training: issues to find, and a second version. */
async function makeMistakes(client: StudioClient): Promise<void> {
  const { labels } = await client.call('dataset.summary', {});
  for (const [index, { id }] of labels.slice(0, 5).entries()) {
    const filter = { labelIds: [id] };
    const { photoIds } = await client.call('dataset.listPhotoIds', { filter });
    const labelId = labels[(index + 2) % labels.length]?.id;
    await client.call('dataset.assignLabel', { photoIds: photoIds.slice(4, 6), labelId });
  }
  await client.call('versions.freeze', { note: 'Labeled by somebody else' });
  await runJob(client, () => client.call('issues.analyze', {}), never);
  await runJob(client, () => client.call('map.compute', {}), never);
}

async function takePictures(url: string, client: StudioClient): Promise<void> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  for (const place of places) await takePicture(page, place);
  await takeLabPictures(page);
  await makeMistakes(client);
  for (const place of curationPlaces) await takePicture(page, place);
  await browser.close();
}

async function takePicture(
  page: Page,
  place: (typeof places | typeof curationPlaces)[number],
): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Places' });
  await rail.getByRole('button', { name: place }).click();
  if (place === 'Photos') await selectSome(page);
  if (place === 'Versions') await page.getByRole('button', { name: /Version 1/ }).click();
  if (place === 'Train') await page.getByRole('button', { name: /float32/ }).click();
  await page.waitForTimeout(1500);
  await save(await page.screenshot(), place.toLowerCase());
}

async function save(picture: Buffer, name: string): Promise<void> {
  const file = join(target, `${name}.png`);
  await sharp(picture).png({ palette: true, quality: 95, effort: 8 }).toFile(file);
}

/** Parts of the model lab that a first look at its places does not show. */
async function takeLabPictures(page: Page): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Places' });
  const shoot = async (part: Locator, name: string) => {
    await part.scrollIntoViewIfNeeded();
    await page.waitForTimeout(1000);
    await save(await part.screenshot(), name);
  };
  // High enough for every part to be seen whole.
  await page.setViewportSize({ width: 1280, height: 1400 });
  await rail.getByRole('button', { name: 'Compare' }).click();
  await shoot(page.getByRole('region', { name: /All models/ }), 'trade-off');
  const robustness = page.getByRole('region', { name: 'As pictures get worse' });
  await robustness.getByRole('button', { name: 'Measure' }).click();
  await robustness.getByText('In figures').waitFor({ timeout: 300_000 });
  await shoot(robustness, 'robustness');
  await page.getByRole('switch', { name: 'Heat maps' }).click();
  await page.waitForTimeout(4000);
  const flips = page.locator('section', { has: page.getByRole('switch', { name: 'Heat maps' }) });
  await shoot(flips.last(), 'heat-maps');
  await rail.getByRole('button', { name: 'Train' }).click();
  await page.getByRole('button', { name: /float32/ }).click();
  await shoot(
    page.getByRole('region', { name: 'Smallest form that is accurate enough' }),
    'ladder',
  );
  await page.getByRole('button', { name: /int8/ }).first().click();
  const layers = page.getByRole('region', { name: 'Where it strays from the float model' });
  await layers.getByRole('button', { name: 'Measure' }).click();
  await layers.getByRole('table').waitFor({ timeout: 120_000 });
  await shoot(layers, 'layer-errors');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Graph', exact: true }).click();
  const graph = page.getByRole('dialog', { name: /Graph of/ });
  await graph.getByRole('option', { name: /ADD/ }).first().click();
  await shoot(graph, 'graph');
  await page.keyboard.press('Escape');
}

/** A grid with things of every label in view and one photo in the inspector. */
async function selectSome(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Filter' }).fill('-0');
  await page.keyboard.press('Escape');
  await page.getByText('63 photos').waitFor();
  await page.waitForTimeout(500);
  await page.getByRole('gridcell').nth(13).click();
}
