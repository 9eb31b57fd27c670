import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { drawPhoto } from '../fixtures/make-photos';
import { createProjectFrom } from './new-project';
import { test } from './studio-server';

test('freezes, shows what was relabeled, restores it, and undo takes that back', async ({
  page,
  studio,
}) => {
  await createProjectFrom(page, studio.link, await drawFolder(join(studio.folder, 'things')));
  await expect(page.getByRole('grid').getByRole('img')).toHaveCount(6);

  await test.step('freeze by hand, with a note', async () => {
    await rail(page).getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('button', { name: 'Freeze now' }).click();
    await expect(page.getByText('Nothing changed between the two')).toBeVisible();
    await page.getByRole('textbox', { name: 'Note' }).fill('before the mix-up');
    await page.getByRole('textbox', { name: 'Note' }).blur();
    await expect(page.getByRole('button', { name: /Version 1.*before the mix-up/ })).toBeVisible();
  });

  await test.step('relabel one', async () => {
    await rail(page).getByRole('button', { name: 'Photos' }).click();
    await page.getByRole('grid').getByRole('img').first().click();
    await page.keyboard.press('2');
  });

  await test.step('it is shown with both labels', async () => {
    await rail(page).getByRole('button', { name: 'Versions' }).click();
    await expect(page.getByRole('option')).toHaveCount(1);
    await expect(page.getByRole('option')).toContainText(/cup.*spoon/);
  });

  await test.step('restore', async () => {
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('1 photo gets the label it had.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await expect(page.getByText('Nothing changed between the two')).toBeVisible();
  });

  await test.step('undo, and it is all there after a crash', async () => {
    await page.keyboard.press('ControlOrMeta+z');
    await expect(page.getByRole('option')).toHaveCount(1);
    await studio.crashAndRestart();
    await page.goto(studio.link);
    await page.getByRole('button', { name: /^Kitchen/ }).click();
    await rail(page).getByRole('button', { name: 'Versions' }).click();
    await expect(page.getByRole('option')).toContainText(/cup.*spoon/);
    await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('before the mix-up');
  });
});

async function drawFolder(folder: string): Promise<string> {
  for (const label of ['cup', 'spoon']) {
    await mkdir(join(folder, label), { recursive: true });
    for (let index = 0; index < 3; index++) {
      const photo = await drawPhoto(`${label} ${index}`);
      await writeFile(join(folder, label, `${label}-${index}.jpg`), photo);
    }
  }
  return folder;
}

const rail = (page: Page) => page.getByRole('navigation', { name: 'Places' });
