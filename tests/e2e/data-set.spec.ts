import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { drawPhoto } from '../fixtures/make-photos';
import { createProjectFrom } from './new-project';
import { test } from './studio-server';

test('the test set is locked, the rest split anew, and all leaves with its splits', async ({
  page,
  studio,
}) => {
  await createProjectFrom(page, studio.link, await drawFolder(join(studio.folder, 'things')));
  await expect(page.getByRole('grid').getByRole('img')).toHaveCount(24);
  await expect(row(page, 'Test')).toContainText('4');

  await test.step('lock, and split anew without a validation split', async () => {
    await page.getByRole('button', { name: 'Lock the test set' }).click();
    await expect(page.getByRole('button', { name: 'Unlock the test set' })).toBeVisible();
    await page.getByRole('button', { name: 'Split anew…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Split anew' });
    await expect(dialog).toContainText('The test set is locked and stays as it is');
    const handle = dialog.getByRole('slider', { name: 'End of training' });
    for (let step = 0; step < 3; step++) await handle.press('ArrowRight');
    await expect(dialog).toContainText('0%');
    await dialog.getByRole('button', { name: 'Split anew' }).click();
    await expect(dialog).toBeHidden();
    await expect(row(page, 'Test')).toContainText('4');
    await expect(row(page, 'Validation')).toContainText('0');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(row(page, 'Validation')).not.toContainText('0');
  });

  await test.step('export as a download', async () => {
    await page.getByRole('button', { name: 'Export the data set…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export the data set' });
    await expect(dialog).toContainText('24');
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download' }).click();
    const names = Object.keys(unzipSync(await readFile(await (await downloading).path())));
    const photos = names.filter((name) => name.endsWith('.jpg'));
    expect(photos).toHaveLength(24);
    expect(photos.filter((name) => /(^|\/)test\/(cup|spoon)\//.test(name))).toHaveLength(4);
  });

  await test.step('the report opens', async () => {
    await page.getByRole('button', { name: 'Export the data set…' }).click();
    const opening = page.waitForEvent('popup');
    await page.getByRole('link', { name: 'Report as HTML' }).click();
    const report = await opening;
    await expect(report.getByRole('heading', { level: 1 })).toContainText('Kitchen');
    await expect(report.getByText('spoon').first()).toBeVisible();
  });
});

/** Twelve photos of each of two things. */
async function drawFolder(folder: string): Promise<string> {
  for (const label of ['cup', 'spoon']) {
    await mkdir(join(folder, label), { recursive: true });
    for (let index = 0; index < 12; index++) {
      const photo = await drawPhoto(`${label} ${index}`);
      await writeFile(join(folder, label, `${label}-${index}.jpg`), photo);
    }
  }
  return folder;
}

const row = (page: Page, split: string) =>
  page.getByRole('button', { name: new RegExp(`^${split}`) });
