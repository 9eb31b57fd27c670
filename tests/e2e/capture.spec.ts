import { expect, type Page } from '@playwright/test';
import { test } from './studio-server';

// A camera that Chromium draws: a green picture with a moving circle and a clock.
test.use({
  permissions: ['camera'],
  launchOptions: async ({ launchOptions }, use) => {
    const fake = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...fake] });
  },
});

test('a burst is shot into a label, and lies in one split', async ({ page, studio }) => {
  await page.goto(studio.link);
  await page.getByRole('textbox', { name: 'Name' }).fill('Camera');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: 'Take photos with a camera…' }).click();
  const dialog = page.getByRole('dialog');
  const hold = dialog.getByRole('button', { name: /Hold to take photos/ });
  await expect(hold).toBeEnabled();

  await test.step('without a label, by the space bar', async () => {
    await page.keyboard.down(' ');
    const taken = dialog.getByRole('list', { name: 'Photos taken' }).getByRole('listitem');
    await expect.poll(() => taken.count()).toBeGreaterThan(3);
    await page.keyboard.up(' ');
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await expect(dialog.getByRole('status')).toHaveText('0 photos');
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  await test.step('into a label, from its menu, by the mouse', async () => {
    await takeOne(page);
    await page.getByRole('button', { name: 'New label' }).click();
    await page.getByRole('textbox', { name: 'Name of the label' }).fill('a/b cup');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'What to do with a/b cup' }).click();
    await page.getByRole('menuitem', { name: 'Take photos of it…' }).click();
    await expect(dialog.getByRole('combobox', { name: 'Label' })).toHaveValue('a/b cup');
    await expect(hold).toBeEnabled();
    const box = await hold.boundingBox();
    if (!box) throw new Error('No button');
    await page.mouse.move(box.x + 40, box.y + 10);
    await page.mouse.down();
    await expect
      .poll(async () => dialog.getByRole('status').textContent(), { timeout: 15_000 })
      .toMatch(/^(1\d|[7-9]) photos/);
    await page.mouse.up();
    await dialog.getByRole('button', { name: /^Add \d+ photos/ }).click();
    await expect(dialog.getByRole('status')).toHaveText('0 photos');
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  await test.step('they are there, labeled, together', async () => {
    const row = page.getByRole('button', { name: /^\d ?a\/b cup/ });
    await expect(row).not.toHaveText(/cup0/);
    await row.click();
    await expect(page.getByRole('grid').getByRole('img').first()).toBeVisible();
    const marks = page.getByRole('grid').getByTitle(/Training|Validation|Test/);
    // They are dealt when the import has looked for copies.
    await expect.poll(() => marks.count(), { timeout: 30_000 }).toBeGreaterThan(5);
    expect(new Set(await marks.allTextContents()).size).toBe(1);
  });
});

/** The panel of labels is there once a photo is. */
async function takeOne(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Take photos with a camera…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: /Hold to take photos/ })).toBeEnabled();
  await page.keyboard.down(' ');
  await expect(dialog.getByRole('button', { name: /^Add \d+ photo/ })).toBeVisible();
  await page.keyboard.up(' ');
  await dialog.getByRole('button', { name: /^Add \d+ photo/ }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('grid').getByRole('img').first()).toBeVisible();
}
