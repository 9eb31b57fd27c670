import { expect, type Page } from '@playwright/test';
import { test } from './studio-server';

test.setTimeout(300_000);

test('from the sample project to an exported, compared int8 model', async ({ page, studio }) => {
  await page.goto(studio.link);
  await page.getByRole('button', { name: 'Try the sample project' }).click();
  await expect(place(page, 'Photos')).toContainText('252 photos', { timeout: 120_000 });
  await expect(page.getByText('Generated').first()).toBeVisible();

  await test.step('relabel a photo by its key, and take it back', async () => {
    const grid = page.getByRole('grid', { name: 'Photos' });
    await expect(grid.getByRole('img', { name: /labeled banana/ }).first()).toBeVisible();
    await grid.getByRole('gridcell').first().click();
    await page.keyboard.press('2');
    await expect(labelCount(page, 'banana')).toContainText('35');
    await expect(labelCount(page, 'hat')).toContainText('37');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(labelCount(page, 'banana')).toContainText('36');
  });

  await test.step('train', async () => {
    await place(page, 'Train').click();
    const setup = page.getByRole('complementary', { name: 'New model' });
    await setup.getByRole('button', { name: /^Train/ }).click();
    await expect(page.getByText('LiteRT against the trainer')).toBeVisible({ timeout: 120_000 });
    await expect(place(page, 'Train')).toContainText('trained');
  });

  await test.step('quantize', async () => {
    await page.getByRole('button', { name: 'Quantize' }).click();
    await expect(models(page)).toContainText('int8', { timeout: 120_000 });
  });

  await test.step('compare', async () => {
    await place(page, 'Compare').click();
    const setup = page.getByRole('complementary', { name: 'New comparison' });
    await setup.getByRole('button', { name: /^Compare/ }).click();
    await expect(page.getByText(/int8 is .* smaller/).first()).toBeVisible({ timeout: 120_000 });
    await expect(place(page, 'Compare')).toContainText('pts');
  });

  await test.step('export', async () => {
    await place(page, 'Deploy').click();
    const main = page.getByRole('main');
    await main.getByRole('button', { name: /^Export/ }).click();
    const download = page.waitForEvent('download');
    await main.getByRole('link', { name: /Download/ }).click({ timeout: 60_000 });
    expect((await download).suggestedFilename()).toMatch(/\.zip$/);
  });
});

const place = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name });

const models = (page: Page) => page.getByRole('navigation', { name: 'Models' });

const labelCount = (page: Page, label: string) =>
  page.getByRole('button', { name: new RegExp(`^\\d? ?${label}`) }).first();
