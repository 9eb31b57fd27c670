import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { createRandom, hashText, type Random } from '@shared/domain/random';
import sharp from 'sharp';
import { createProjectFrom, makeLabel } from './new-project';
import { test } from './studio-server';

/** Two things that even a small network tells apart: rings in one place, stripes all over. */
const kinds: { name: string; draw(random: Random): string }[] = [
  {
    name: 'cup',
    draw(random) {
      const [x, y] = [random.between(110, 210), random.between(90, 150)];
      return [70, 50, 30, 10]
        .map(
          (r) =>
            `<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="#7a2e1d" stroke-width="9"/>`,
        )
        .join('');
    },
  },
  {
    name: 'spoon',
    draw(random) {
      const slant = random.between(-25, 25);
      return Array.from({ length: 22 }, (_, index) => {
        const x = index * 20 - 60;
        return `<path d="M${x} 0 L${x + slant} 240" stroke="#14507a" stroke-width="8"/>`;
      }).join('');
    },
  },
];

test('a few labels by keyboard, the rest is suggested, taken over at once, and taken back', async ({
  page,
  studio,
}) => {
  await createProjectFrom(page, studio.link, await drawThings(studio.folder));
  await expect(grid(page).getByRole('img')).toHaveCount(16);
  for (const { name } of kinds) await makeLabel(page, name);
  await page.getByRole('button', { name: 'Order and groups' }).click();
  await page.getByRole('menuitemradio', { name: 'By name' }).click();
  await page.keyboard.press('Escape');

  await test.step('two of each are labeled', async () => {
    await expect(section(page)).toContainText('Label photos of two labels');
    await cell(page, 0).click();
    await page.keyboard.press('1');
    await page.keyboard.press('1');
    await cell(page, 8).click();
    await page.keyboard.press('2');
    await page.keyboard.press('2');
    await expect(rail(page)).toContainText('12 unlabeled');
  });

  await test.step('the others show what they might be', async () => {
    await expect(section(page)).toContainText('By the 4 nearest of 4 labeled photos', {
      timeout: 60_000,
    });
    for (let index = 2; index < 8; index += 1) {
      await expect(cell(page, index)).toContainText(/^cup\d+%$/);
      await expect(cell(page, index + 8)).toContainText(/^spoon\d+%$/);
    }
  });

  await test.step('Enter takes one over and goes on', async () => {
    await cell(page, 2).click();
    await page.keyboard.press('Enter');
    await expect(cell(page, 2)).not.toContainText('%');
    await expect(cell(page, 3)).toHaveAttribute('aria-selected', 'true');
    await expect(rail(page)).toContainText('11 unlabeled');
  });

  await test.step('all above the threshold are accepted as one edit', async () => {
    const slider = section(page).getByRole('slider');
    await slider.focus();
    await slider.press('Home');
    await expect(accept(page)).toHaveText('Accept 11 at ≥ 50%', { timeout: 20_000 });
    await accept(page).click();
    await expect(rail(page)).toContainText('All labeled');
    await expect(page.getByText('Labeled 11 photos as suggested')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(rail(page)).toContainText('11 unlabeled');
    await expect(cell(page, 4)).toContainText(/^cup\d+%$/);
  });

  await test.step('the least certain ones come first in Label', async () => {
    await page.getByRole('button', { name: 'Review the least certain' }).click();
    await expect(page.getByText('0 of 11 done')).toBeVisible();
    await page.getByRole('button', { name: /^(cup|spoon)\s*\d+%/ }).waitFor();
    await page.keyboard.press('Enter');
    await expect(page.getByText('1 of 11 done')).toBeVisible();
    await expect(rail(page)).toContainText('10 unlabeled');
  });
});

test('photos like one and like several are found, labeled or not, and the list is left again', async ({
  page,
  studio,
}) => {
  await createProjectFrom(page, studio.link, await drawThings(studio.folder));
  await expect(grid(page).getByRole('img')).toHaveCount(16);
  await page.getByRole('button', { name: 'Order and groups' }).click();
  await page.getByRole('menuitemradio', { name: 'By name' }).click();
  await page.keyboard.press('Escape');
  const back = page.getByRole('button', { name: 'Back to the list before' });
  // Until the job in the background is done, only some photos are prepared: it is asked again then.
  const title = page.getByText('Like cup-0.jpg: exact, among 15');
  await expect(async () => {
    while (await back.isVisible()) await back.click();
    await cell(page, 0).click();
    await page.keyboard.press('Alt+s');
    await expect(title).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 60_000 });
  await expect(grid(page).getByRole('img')).toHaveCount(15);
  for (let index = 0; index < 5; index += 1) {
    await expect(cell(page, index).getByRole('img')).toHaveAttribute('alt', /^cup/);
  }
  await back.click();
  await expect(grid(page).getByRole('img')).toHaveCount(16);

  await cell(page, 14).click();
  await cell(page, 15).click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'Find more like this' }).click();
  await expect(page.getByText('Like 2 photos: exact, among 14')).toBeVisible();
  await expect(cell(page, 0).getByRole('img')).toHaveAttribute('alt', /^spoon/);
  await page.keyboard.press('Escape');
  await expect(grid(page).getByRole('img')).toHaveCount(16);
});

/** Eight pictures of each kind in one folder, so that none has a label. */
async function drawThings(folder: string): Promise<string> {
  const target = join(folder, 'things');
  await mkdir(target);
  for (const { name, draw } of kinds) {
    for (let index = 0; index < 8; index += 1) {
      const shapes = draw(createRandom(hashText(`${name} ${index}`)));
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><rect width="320" height="240" fill="#e8e4da"/>${shapes}</svg>`;
      await sharp(Buffer.from(svg))
        .jpeg()
        .toFile(join(target, `${name}-${index}.jpg`));
    }
  }
  return target;
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Photos' });
const cell = (page: Page, index: number) => page.locator(`#photo-cell-${index}`);
const rail = (page: Page) => page.getByRole('navigation', { name: 'Places' });
const section = (page: Page) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: 'Suggestions' }) });
const accept = (page: Page) => page.getByRole('button', { name: /^Accept .* at/ });
