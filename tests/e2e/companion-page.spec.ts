import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DatabaseSync } from '@photostructure/sqlite';
import { type Browser, expect, type Page } from '@playwright/test';
import { drawPhoto, makePhotos } from '../fixtures/make-photos';
import { studioHome } from '../fixtures/studio-home';
import { type StudioServer, test as base } from './studio-server';

const program = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const phone = { viewport: { width: 390, height: 844 }, permissions: ['camera'] };
const hues = { red: 0, blue: 220 };

/** A camera that sees a red picture which no model has learned from. */
const test = base.extend<object, { cameraFile: string }>({
  cameraFile: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'pocketlens-camera-'));
      const frame = await drawPhoto('seen', { width: 640, height: 480, hue: hues.red });
      const file = join(folder, 'camera.mjpeg');
      writeFileSync(file, Buffer.concat(Array.from({ length: 10 }, () => frame)));
      await use(file);
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  launchOptions: [
    async ({ launchOptions, cameraFile }, use) => {
      const camera = [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-video-capture=${cameraFile}`,
      ];
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...camera] });
    },
    { scope: 'worker' },
  ],
});

test.setTimeout(360_000);

test('a phone’s browser runs what is pushed to it', async ({ page, browser, studio }) => {
  await trainTwoModels(studio);
  await page.goto(studio.link);
  await page
    .getByRole('button', { name: /colors/ })
    .first()
    .click();
  await goTo(page, 'Deploy');
  const section = page.getByRole('region', { name: 'Phone’s browser' });
  await section.getByRole('button', { name: 'Turn the page on' }).click();

  const context = await browser.newContext(phone);
  const hand = await context.newPage();
  await hand.goto(await pairingLink(page));
  await expect(hand.getByRole('heading', { name: 'No model yet' })).toBeVisible();
  await expect(section.getByRole('list', { name: 'Paired phones' })).toContainText('page is open');
  await hand.evaluate(() => Object.assign(globalThis, { marker: 'the same page' }));

  await test.step('a pushed model names what the camera sees, as the desktop would', async () => {
    await push(page, 'float32', 0);
    await expect(hand.locator('.verdict')).toHaveText('red', { timeout: 60_000 });
    await expect(hand.getByText(/^Same as desktop on \d+ photos$/)).toBeVisible({
      timeout: 60_000,
    });
    await expect(hand.getByText(/ms a model run · p95 .* frames\/s/)).toBeVisible();
    await expect(card(page, 0)).toContainText('golden photos are answered as on this computer', {
      timeout: 60_000,
    });
  });

  await test.step('another one is swapped in while it runs, and the float one beside it', async () => {
    await push(page, 'int8', 0, { withParent: true });
    const choice = hand.getByRole('group', { name: 'Model' });
    await expect(choice.getByRole('button', { name: 'Int8' })).toHaveAttribute(
      'aria-pressed',
      'true',
      { timeout: 60_000 },
    );
    await expect(hand.locator('.verdict')).toHaveText('red');
    await choice.getByRole('button', { name: 'Float' }).click();
    await expect(choice.getByRole('button', { name: 'Float' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect(hand.getByText(/^Same as desktop/)).toBeVisible({ timeout: 60_000 });
    expect(await hand.evaluate(() => (globalThis as { marker?: string }).marker)).toBe(
      'the same page',
    );
  });

  await test.step('a photo from the phone’s own camera app is answered, too', async () => {
    const blue = await drawPhoto('taken', { width: 1200, height: 1600, hue: hues.blue });
    await hand
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: blue });
    await expect(hand.locator('.verdict')).toHaveText('blue');
    await hand.getByRole('button', { name: 'Live camera' }).click();
    await expect(hand.locator('.verdict')).toHaveText('red');
  });

  await test.step('a correction is in the inbox at once, and once accepted in the data set', async () => {
    await hand.getByRole('button', { name: 'Wrong?' }).click();
    const dialog = hand.getByRole('dialog', { name: 'What is it?' });
    await expect(dialog).toContainText(/The model said red, \d+ %\./);
    await dialog.getByRole('button', { name: 'blue', exact: true }).click();
    await expect(hand.getByText('Sent to the studio: blue.')).toBeVisible();
    await goTo(page, 'Corrections');
    await expect(page.getByText(/^New \(1\)$/)).toBeVisible();
    await page.getByRole('button', { name: /^Accept as blue/ }).click();
    await expect(page.getByText(/^Accepted \(1\)$/)).toBeVisible();
    expect(fromPhone(studio)).toEqual([
      { label: 'blue', split: expect.stringMatching(/^(train|validation|test)$/) },
    ]);
  });

  await test.step('photos are collected without the studio, and come when it is there again', async () => {
    await hand.getByRole('button', { name: 'Collect' }).click();
    await hand.getByRole('combobox', { name: 'Photos of' }).selectOption('red');
    await context.setOffline(true);
    const shutter = hand.getByRole('button', { name: 'Take a photo of red' });
    await shutter.click();
    await expect(hand.getByText(/^Kept on this phone: 1 photo, /)).toBeVisible();
    await context.setOffline(false);
    await expect(hand.getByText('Sent to the studio: red.')).toBeVisible({ timeout: 30_000 });
    await hand.getByRole('button', { name: 'End collecting' }).click();
    await expect(hand.locator('.verdict')).toHaveText('red');
    await expect(page.getByText('Collected on purpose: no model was asked.')).toBeVisible();
    await page.getByRole('button', { name: /^Accept as red/ }).click();
    await expect(page.getByText(/^Accepted \(2\)$/)).toBeVisible();
    // This camera sees the same picture still: the same bytes are one photo, whose label is the last.
    expect(fromPhone(studio).map(({ label }) => label)).toEqual(['red']);
    await goTo(page, 'Deploy');
  });

  await test.step('an app that follows a wrong contract goes red, and is told its mistake', async () => {
    const wrong = await openWrongPhone(browser, page);
    await push(page, 'float32', 1);
    await expect(wrong.getByText('Answers otherwise than the desktop')).toBeVisible({
      timeout: 60_000,
    });
    await expect(wrong.getByRole('alert')).toContainText(
      'The mistake looks like: values divided by 255',
      { timeout: 60_000 },
    );
    await expect(card(page, 1)).toContainText(/values divided by 255/i);
    await wrong.context().close();
  });

  await test.step('without the studio it goes on, also when it is loaded anew', async () => {
    await section.getByRole('button', { name: 'Turn off' }).click();
    await expect(hand.getByText(/^Offline/)).toBeVisible();
    await hand.reload();
    await expect(hand.locator('.verdict')).toHaveText('red', { timeout: 60_000 });
    await expect(hand.getByText(/^Same as desktop/)).toBeVisible();
    await section.getByRole('button', { name: 'Turn the page on' }).click();
    await expect(section.getByRole('list', { name: 'Paired phones' })).toContainText(
      'page is open',
      { timeout: 30_000 },
    );
  });

  await test.step('revoked, it says so and forgets its models', async () => {
    await section
      .getByRole('button', { name: /^Revoke/ })
      .first()
      .click();
    await expect(hand.getByText('This phone’s access was revoked.')).toBeVisible();
    await hand.reload();
    await expect(hand.getByText('This phone is not paired with the studio.')).toBeVisible();
    await context.close();
  });
});

async function goTo(page: Page, place: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: place })
    .click();
}

/** Photos of the project that came from a browser, as training is handed them. */
function fromPhone({ folder }: StudioServer) {
  const file = join(folder, 'colors', 'project.sqlite');
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database
      .prepare(
        `SELECT labels.name AS label, split FROM photos JOIN labels ON labels.id = label_id
         WHERE file_name LIKE 'Browser%' AND NOT excluded ORDER BY photos.id`,
      )
      .all() as { label: string; split: string }[];
    return rows.map(({ label, split }) => ({ label, split }));
  } finally {
    database.close();
  }
}

async function trainTwoModels({ folder }: StudioServer): Promise<void> {
  const photos = join(folder, 'photos');
  for (const [label, hue] of Object.entries(hues)) {
    mkdirSync(photos, { recursive: true });
    const names = Array.from({ length: 16 }, (_, index) => `${label}/${index}.jpg`);
    await makePhotos(photos, names, { hue });
  }
  const project = join(folder, 'colors');
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [program, ...args], {
      env: studioHome(join(folder, 'home')),
    });
  await run('create', project, '--name', 'colors');
  await run('import', project, photos);
  await run('train', project);
  await run('quantize', project);
}

/** By the dialog of the Deploy page; the code is shown for phones on a cable, as which this browser counts. */
async function pairingLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Pair a phone…' }).click();
  const link = page.getByRole('dialog').getByRole('link');
  const href = (await link.getAttribute('href')) ?? '';
  return href;
}

const card = (page: Page, index: number) =>
  page
    .getByRole('region', { name: 'Phones', exact: true })
    .getByRole('listitem', { name: /^Browser/ })
    .nth(index);

async function push(
  page: Page,
  precision: string,
  index: number,
  { withParent = false } = {},
): Promise<void> {
  await page.getByRole('complementary').getByText(precision).first().click();
  if (withParent) await page.getByRole('checkbox', { name: /With the float model/ }).check();
  await card(page, index).getByRole('button', { name: 'Push', exact: true }).click();
}

/** A phone that is handed another contract than was pushed, and so prepares photos wrongly. */
async function openWrongPhone(browser: Browser, page: Page): Promise<Page> {
  // What a service worker fetches can't be changed on the way.
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  await context.route(/\/files\/[0-9a-f]{64}\.json$/, async (route) => {
    const answer = await route.fetch();
    const contract = (await answer.json()) as { preprocessing: object };
    const preprocessing = { ...contract.preprocessing, mean: [0, 0, 0], std: [255, 255, 255] };
    await route.fulfill({ response: answer, json: { ...contract, preprocessing } });
  });
  const hand = await context.newPage();
  await hand.goto(await pairingLink(page));
  await expect(hand.getByRole('heading', { name: 'No model yet' })).toBeVisible();
  return hand;
}
