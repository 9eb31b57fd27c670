import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, type Page } from '@playwright/test';
import { drawPhoto } from '../fixtures/make-photos';
import { createProjectFrom, makeLabel } from './new-project';
import { test } from './studio-server';

const photos = 200;
const killedAt = 100;

test('200 photos are labeled by keyboard, no key is lost, and a kill costs at most the last', async ({
  page,
  studio,
}) => {
  const keys = Array.from({ length: photos }, (_, index) => ((index * 7) % 3) + 1);
  await createProjectFrom(page, studio.link, await drawPlain(join(studio.folder, 'photos')));
  await expect(page.getByText('200 photos').first()).toBeVisible({ timeout: 60_000 });
  for (const name of ['cup', 'hat', 'plug']) await makeLabel(page, name);
  await page.getByRole('button', { name: 'Order and groups' }).click();
  await page.getByRole('menuitemradio', { name: 'By name' }).click();
  await page.keyboard.press('Escape');
  const stored = () => labelsByName(studio.folder);

  await test.step('the first half, as fast as keys come', async () => {
    await grid(page).getByRole('gridcell').first().click();
    for (const key of keys.slice(0, killedAt)) await page.keyboard.press(String(key));
    await studio.crashAndRestart();
    const kept = (await stored()).filter((label) => label !== undefined).length;
    expect(kept).toBeGreaterThanOrEqual(killedAt - 1);
    expect((await stored()).slice(0, kept), 'each photo has the label of its own key').toEqual(
      keys.slice(0, kept),
    );
  });

  await test.step('the rest, from where it was', async () => {
    const kept = (await stored()).filter((label) => label !== undefined).length;
    await page.goto(studio.link);
    await page.getByRole('button', { name: /^Kitchen/ }).click();
    await grid(page).getByRole('img').first().waitFor();
    await page.getByRole('button', { name: 'Order and groups' }).click();
    await page.getByRole('menuitemradio', { name: 'By name' }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+g');
    await page.getByRole('textbox', { name: /Its number/ }).fill(String(kept + 1));
    await page.keyboard.press('Enter');
    await expect(grid(page).locator(`#photo-cell-${kept}[data-focused]`)).toBeVisible();
    for (const key of keys.slice(kept)) await page.keyboard.press(String(key));
    await expect(page.getByRole('navigation', { name: 'Places' })).toContainText('All labeled');
    expect(await stored()).toEqual(keys);
  });

  await test.step('one label at a time is taken back', async () => {
    await page.keyboard.press('ControlOrMeta+z');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(page.getByRole('navigation', { name: 'Places' })).toContainText('2 unlabeled');
  });
});

test('photos are grouped, filtered by a line, painted and dragged onto labels', async ({
  page,
  studio,
}) => {
  const folder = join(studio.folder, 'photos');
  for (const label of ['cup', 'hat']) await drawPlain(join(folder, label), 12, label);
  await createProjectFrom(page, studio.link, folder);
  await expect(page.getByText('24 photos').first()).toBeVisible();
  const count = (label: string) => page.getByRole('button', { name: new RegExp(`^\\d ?${label}`) });

  await test.step('groups by label, each with its title', async () => {
    await page.getByRole('button', { name: 'Order and groups' }).click();
    await page.getByRole('menuitemradio', { name: 'By label' }).click();
    await page.keyboard.press('Escape');
    await expect(grid(page).getByRole('rowheader')).toHaveText([/cup/, /hat/]);
  });

  await test.step('a line narrows the list, and is kept under a name', async () => {
    await page.keyboard.press('f');
    await page.keyboard.type('label:cu');
    await page.getByRole('option', { name: 'label:cup' }).click();
    await expect(page.getByText('12 photos').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Save this filter' }).click();
    await page.getByRole('textbox', { name: 'Name of the filter' }).fill('Cups');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect(page.getByText('24 photos').first()).toBeVisible();
    await page.getByRole('button', { name: 'Cups', exact: true }).click();
    await expect(page.getByRole('combobox', { name: 'Filter' })).toHaveValue('label:cup');
    await page.getByRole('button', { name: 'Cups', exact: true }).click();
  });

  await test.step('holding the key of a label and sweeping paints', async () => {
    await page.getByRole('button', { name: 'Paint labels' }).click();
    const from = await centerOf(page, 0);
    const to = await centerOf(page, 3);
    await page.mouse.move(from.x, from.y);
    await page.keyboard.down('2');
    await page.mouse.move(to.x, to.y, { steps: 2 });
    await page.keyboard.up('2');
    await expect(count('hat')).toContainText('16');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(count('hat')).toContainText('12');
  });

  await test.step('selected photos are dragged onto a label', async () => {
    await grid(page).locator('#photo-cell-0').click();
    await page.keyboard.press('Shift+ArrowRight');
    await grid(page).locator('#photo-cell-1').dragTo(count('hat'));
    await expect(count('hat')).toContainText('14');
  });

  await test.step('a label has the key that it was given', async () => {
    await page.getByRole('button', { name: 'What to do with hat' }).click();
    await page.getByRole('menuitem', { name: 'Change its key…' }).click();
    await page.keyboard.press('b');
    await expect(page.getByText('Press the key for hat')).toBeHidden();
    await grid(page).locator('#photo-cell-4').click();
    await page.keyboard.press('b');
    await expect(page.getByRole('button', { name: /^B ?hat/ })).toContainText('15');
  });
});

const grid = (page: Page) => page.getByRole('grid', { name: 'Photos' });

async function centerOf(page: Page, place: number): Promise<{ x: number; y: number }> {
  const box = await grid(page).locator(`#photo-cell-${place}`).boundingBox();
  if (!box) throw new Error(`No photo at ${place}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drawPlain(folder: string, count = photos, seed = 'photo'): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index++) {
    const name = `${seed}-${String(index).padStart(4, '0')}.jpg`;
    await writeFile(join(folder, name), await drawPhoto(`${seed} ${index}`));
  }
  return folder;
}

/** Labels' ids as they are on the disk, in the order of file names; undefined for none. */
async function labelsByName(folder: string): Promise<(number | undefined)[]> {
  const found = (await readdir(folder, { recursive: true })).find((path) =>
    path.endsWith('project.sqlite'),
  );
  const database = new DatabaseSync(join(folder, found ?? ''), { readOnly: true });
  try {
    const rows = database
      .prepare('SELECT label_id AS labelId FROM photos ORDER BY file_name')
      .all() as { labelId: number | null }[];
    return rows.map(({ labelId }) => labelId ?? undefined);
  } finally {
    database.close();
  }
}
