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
