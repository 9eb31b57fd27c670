import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { drawPhoto } from '../fixtures/make-photos';
import { createProjectFrom } from './new-project';
import { test } from './studio-server';

test('uploads a folder, reports what is no photo, labels by keyboard, survives a crash', async ({
  page,
  studio,
}) => {
  const photos = await drawFolder(join(studio.folder, 'things'));

  await test.step('upload', async () => {
    await createProjectFrom(page, studio.link, photos);
    await expect(grid(page).getByRole('img')).toHaveCount(6);
    await expect(page.getByRole('button', { name: /^\d? ?cup/ }).first()).toContainText('3');
  });

  await test.step('the broken file is listed with its reason', async () => {
    await page.getByRole('button', { name: 'Report' }).first().click();
    await expect(page.getByText('broken.jpg')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('clear two labels and give one back', async () => {
    await grid(page).getByRole('gridcell').first().click();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Backspace');
    await expect(rail(page).getByRole('button', { name: 'Label' })).toContainText('2 unlabeled');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(rail(page).getByRole('button', { name: 'Label' })).toContainText('All labeled');
    await page.keyboard.press('ControlOrMeta+Shift+z');
    await expect(rail(page).getByRole('button', { name: 'Label' })).toContainText('2 unlabeled');
  });

  await test.step('a crash loses nothing that was shown', async () => {
    await studio.crashAndRestart();
    await page.goto(studio.link);
    await page.getByRole('button', { name: /^Kitchen/ }).click();
    await expect(rail(page).getByRole('button', { name: 'Photos' })).toContainText('6 photos');
    await expect(rail(page).getByRole('button', { name: 'Label' })).toContainText('2 unlabeled');
  });

  await test.step('the Label place goes through the rest', async () => {
    await rail(page).getByRole('button', { name: 'Label' }).click();
    await page.keyboard.press('1');
    await page.keyboard.press('2');
    await expect(page.getByText('Every photo has a label')).toBeVisible();
  });
});

/** Two classes of three photos and a file that only looks like one. */
async function drawFolder(folder: string): Promise<string> {
  for (const label of ['cup', 'spoon']) {
    await mkdir(join(folder, label), { recursive: true });
    for (let index = 0; index < 3; index++) {
      await writeFile(
        join(folder, label, `${label}-${index}.jpg`),
        await drawPhoto(`${label} ${index}`),
      );
    }
  }
  await writeFile(join(folder, 'cup', 'broken.jpg'), 'this is no photo');
  return folder;
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Photos' });
const rail = (page: Page) => page.getByRole('navigation', { name: 'Places' });
