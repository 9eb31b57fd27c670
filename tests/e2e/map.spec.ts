import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { makePhotos } from '../fixtures/make-photos';
import { createProjectFrom } from './new-project';
import { test } from './studio-server';

test('draws the map, catches all of it with the lasso, and lists that in the grid', async ({
  page,
  studio,
}) => {
  const folder = join(studio.folder, 'things');
  for (const [label, hue] of [
    ['cup', 20],
    ['spoon', 200],
  ] as const) {
    await makePhotos(
      folder,
      Array.from({ length: 6 }, (_, index) => `${label}/${label}-${index}.jpg`),
      { hue },
    );
  }
  await createProjectFrom(page, studio.link, folder);
  await expect(page.getByRole('grid').getByRole('img')).toHaveCount(12);

  await test.step('draw', async () => {
    await rail(page).getByRole('button', { name: 'Map' }).click();
    await page.getByRole('button', { name: 'Draw the map' }).click();
    await expect(map(page)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('button', { name: /^cup/ })).toContainText('6');
    // The points are there: not all of the canvas is empty.
    await expect.poll(() => coloredPixels(page)).toBeGreaterThan(100);
  });

  await test.step('catch with Shift', async () => {
    await lassoAll(page);
    await expect(page.getByText('12 photos selected')).toBeVisible();
  });

  await test.step('label by key, and take it back', async () => {
    await page.keyboard.press('1');
    await expect(page.getByRole('button', { name: /^cup/ }).first()).toContainText('12');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(page.getByRole('button', { name: /^cup/ }).first()).toContainText('6');
  });

  await test.step('only one label', async () => {
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: /^spoon/ })
      .first()
      .click();
    await lassoAll(page);
    await expect(page.getByText('6 photos selected')).toBeVisible();
  });

  await test.step('in the grid', async () => {
    await page.getByRole('button', { name: 'Show in Photos' }).click();
    await expect(page.getByRole('grid').getByRole('img')).toHaveCount(6);
  });

  await test.step('still there after a crash', async () => {
    await studio.crashAndRestart();
    await page.goto(studio.link);
    await page.getByRole('button', { name: /^Kitchen/ }).click();
    await rail(page).getByRole('button', { name: 'Map' }).click();
    await expect(map(page)).toBeVisible();
  });
});

async function lassoAll(page: Page): Promise<void> {
  const box = await map(page).boundingBox();
  if (!box) throw new Error('The map is not on the page');
  const corners = [
    [box.x + 4, box.y + 4],
    [box.x + box.width - 4, box.y + 4],
    [box.x + box.width - 4, box.y + box.height - 4],
    [box.x + 4, box.y + box.height - 4],
  ] as const;
  await page.keyboard.down('Shift');
  await page.mouse.move(...corners[0]);
  await page.mouse.down();
  for (const corner of corners) await page.mouse.move(...corner, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
}

/** Pixels of a picture of the map that differ from its corner. */
async function coloredPixels(page: Page): Promise<number> {
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(await map(page).screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let count = 0;
  for (let i = 0; i < data.length; i += info.channels) {
    if (Math.abs((data[i] ?? 0) - (data[0] ?? 0)) > 30) count += 1;
  }
  return count;
}

const map = (page: Page) => page.getByRole('img', { name: /^Map of/ });
const rail = (page: Page) => page.getByRole('navigation', { name: 'Places' });
