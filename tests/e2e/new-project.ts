import { expect, type Page } from '@playwright/test';

/** Makes a project in the browser and uploads a folder into it. */
export async function createProjectFrom(page: Page, link: string, folder: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('textbox', { name: 'Name' }).fill('Kitchen');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText('Photos go here')).toBeVisible();
  const chooser = page.waitForEvent('filechooser', { timeout: 15_000 });
  await page.keyboard.press('ControlOrMeta+Shift+O');
  await (await chooser).setFiles(folder);
}

/** Makes a label in the list of labels. */
export async function makeLabel(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New label' }).click();
  await page.getByRole('textbox', { name: 'Name of the label' }).fill(name);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: `What to do with ${name}` })).toBeAttached();
}
