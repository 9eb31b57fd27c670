import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { measureScroll } from './grid-scroll';
import { round, timed } from './stopwatch';

const probes = fileURLToPath(new URL('page-probes.js', import.meta.url));

/**
 * What a person waits for in a large project, in Chromium: from the click that opens it to its first
 * photo, from a choice of order or filter to the first photo of the list it gives, from a key to the
 * label on the photo, from a number to the photo there; and how smoothly the grid scrolls. The page
 * is at the start screen; the project opened last is the one.
 */
export async function measureGridUse(page: Page, projectName: string, photos: number) {
  await page.getByRole('button', { name: new RegExp(`^${projectName}`) }).waitFor();
  await page.addScriptTag({ path: probes });
  const open = await timed(async () => {
    await page.getByRole('button', { name: new RegExp(`^${projectName}`) }).click();
    await shown(page, 0);
  });
  const arrangements: Record<string, number> = {};
  await page.getByRole('button', { name: 'Order and groups' }).click();
  for (const name of [
    'By name',
    'By sharpness',
    'By label',
    'By import',
    'No groups',
    'As added',
  ]) {
    arrangements[name] = await listed(page, () =>
      page.getByRole('menuitemradio', { name }).click(),
    );
  }
  await page.keyboard.press('Escape');
  const filters: Record<string, number> = {};
  const panel = page.getByRole('button', { name: /^(Test|Training) / });
  for (const name of ['Test', 'Training']) {
    const choice = panel.filter({ hasText: name });
    filters[name] = await listed(page, () => choice.click());
  }
  await page.getByRole('button', { name: /^All photos/ }).click();
  await page.waitForTimeout(500);
  const jump = await jumpTo(page, Math.round(photos * 0.6));
  const labelMs = await label(page, Math.round(photos * 0.6) - 1);
  return {
    openMs: open.ms,
    arrangementMs: arrangements,
    filterMs: filters,
    jumpMs: jump,
    labelMs,
    scroll: await measureScroll(page),
  };
}

/** Until the photo at this place has been decoded. */
const shown = (page: Page, place: number) => page.waitForFunction(`probes.isShown(${place})`);

/** What the probe that was set on the page has measured, in milliseconds. */
const measured = (page: Page) => page.evaluate<number>('probes.result');

async function listed(page: Page, choose: () => Promise<void>): Promise<number> {
  await page.evaluate('probes.watchList()');
  await choose();
  return round(await measured(page));
}

async function jumpTo(page: Page, number: number): Promise<number> {
  await page.keyboard.press('ControlOrMeta+g');
  await page.getByRole('textbox', { name: /Its number/ }).fill(String(number));
  const { ms } = await timed(async () => {
    await page.keyboard.press('Enter');
    await shown(page, number - 1);
  });
  return ms;
}

/** Median of ten keys: from the key to the frame with the label on the photo. */
async function label(page: Page, place: number): Promise<number> {
  const times: number[] = [];
  for (let press = 0; press < 10; press += 1) {
    await shown(page, place + press);
    await page.evaluate(`probes.watchLabel(${place + press})`);
    // Photos have the 20 labels in turn; this is never the one that the photo has.
    await page.keyboard.press(String((((place + press) % 20) + 3) % 9 || 9));
    times.push(await measured(page));
  }
  return round(times.sort((first, second) => first - second)[5] ?? Number.NaN);
}
