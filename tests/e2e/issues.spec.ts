import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { drawPhoto } from '../fixtures/make-photos';
import { createProjectFrom } from './new-project';
import { test } from './studio-server';

test('finds a copy, keeps the better one, undoes it, and remembers a decision after a crash', async ({
  page,
  studio,
}) => {
  const photos = await drawFolder(join(studio.folder, 'things'));
  await createProjectFrom(page, studio.link, photos);
  await expect(page.getByRole('grid').getByRole('img')).toHaveCount(7);

  await test.step('analyze', async () => {
    await rail(page).getByRole('button', { name: 'Issues' }).click();
    await page.getByRole('button', { name: 'Look for issues' }).click();
    await page.getByRole('button', { name: /^Near duplicates/ }).click({ timeout: 60_000 });
    await expect(page.getByRole('option')).toHaveCount(2);
  });

  await test.step('keep the larger one, and take that back', async () => {
    await page.getByRole('button', { name: 'Keep only the best of each' }).click();
    await expect(page.getByText('None found.')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(page.getByRole('option')).toHaveCount(2);
  });

  await test.step('both are fine: decided by key', async () => {
    await page.getByRole('option').first().click();
    await page.keyboard.press('a');
    await page.keyboard.press('f');
    await expect(page.getByText('None found.')).toBeVisible();
  });

  await test.step('the decision survives a crash', async () => {
    await studio.crashAndRestart();
    await page.goto(studio.link);
    await page.getByRole('button', { name: /^Kitchen/ }).click();
    await rail(page).getByRole('button', { name: 'Issues' }).click();
    await page.getByRole('button', { name: /^Near duplicates/ }).click();
    await expect(page.getByText('None found.')).toBeVisible();
    await page.getByText('Fine as is', { exact: true }).click();
    await expect(page.getByRole('option')).toHaveCount(2);
  });
});

/** Two classes of three photos, and a smaller copy of one of them. */
async function drawFolder(folder: string): Promise<string> {
  for (const label of ['cup', 'spoon']) {
    await mkdir(join(folder, label), { recursive: true });
    for (let index = 0; index < 3; index++) {
      const photo = await drawPhoto(`${label} ${index}`);
      await writeFile(join(folder, label, `${label}-${index}.jpg`), photo);
    }
  }
  const original = await drawPhoto('cup 0');
  const { width } = await sharp(original).metadata();
  const copy = sharp(original).resize(Math.round(width * 0.8));
  await writeFile(join(folder, 'cup', 'copy.webp'), await copy.webp().toBuffer());
  return folder;
}

const rail = (page: Page) => page.getByRole('navigation', { name: 'Places' });
