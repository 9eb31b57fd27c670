import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { type Browser, chromium, expect as usualExpect, type Page } from '@playwright/test';
import { drawPhoto } from '../fixtures/make-photos';
import { test as base } from './quantized-project';

const phone = { viewport: { width: 390, height: 844 }, permissions: ['camera'] };
/** As the project's cups and spoons are drawn. */
const hues = { cup: 0, spoon: 240 };

// A page that loads a model, and a studio that waits for its answers, share the machine with whatever else runs on it.
const expect = usualExpect.configure({ timeout: 120_000 });

/** Phones are a Chromium of their own, whose camera sees a cup that no model has learned from. */
const test = base.extend<{ phones: Browser }>({
  phones: async ({ launchOptions, studio }, use) => {
    const frame = await drawPhoto('seen', { width: 640, height: 480, hue: hues.cup });
    const file = join(studio.folder, 'camera.mjpeg');
    await writeFile(file, Buffer.concat(Array.from({ length: 10 }, () => frame)));
    const camera = [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ];
    const browser = await chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), ...camera],
    });
    await use(browser);
    await browser.close();
  },
});

test.setTimeout(600_000);

test('a phone’s browser runs what is pushed to it', async ({ page, phones, studio, project }) => {
  await page.goto(studio.link);
  await goTo(page, 'Deploy');
  const section = page.getByRole('region', { name: 'Phone’s browser' });
  await section.getByRole('button', { name: 'Turn the page on' }).click();

  const context = await phones.newContext(phone);
  const hand = await context.newPage();
  await hand.goto(await pairingLink(page));
  await expect(hand.getByRole('heading', { name: 'No model yet' })).toBeVisible();
  await expect(section.getByRole('list', { name: 'Paired phones' })).toContainText('page is open');
  await hand.evaluate(() => Object.assign(globalThis, { marker: 'the same page' }));

  await test.step('a pushed model names what the camera sees, as the desktop would', async () => {
    await push(page, 'float32', 0);
    await expect(hand.locator('.verdict')).toHaveText('cup');
    await expect(hand.getByText(/^Same as desktop on \d+ photos$/)).toBeVisible();
    await expect(hand.getByText(/ms a model run · p95 .* frames\/s/)).toBeVisible();
    await expect(card(page, 0)).toContainText('golden photos are answered as on this computer');
  });

  await test.step('a camera that another app takes comes back', async () => {
    await hand.evaluate(`
      document.querySelector('video').srcObject.getTracks()[0].dispatchEvent(new Event('ended'))
    `);
    await expect(hand.getByText('The camera gives no picture any more.')).toBeVisible();
    await hand.getByRole('button', { name: 'Try again' }).click();
    await expect(hand.getByText('The camera gives no picture any more.')).toBeHidden();
    await expect.poll(() => videoWidth(hand)).toBe(640);
  });

  await test.step('held sideways, picture and answer are seen without scrolling', async () => {
    await hand.setViewportSize({ width: 844, height: 390 });
    for (const part of ['.view', '.verdict', '.choice, .latency']) {
      await expect(hand.locator(part).first()).toBeInViewport({ ratio: 1 });
    }
    await hand.setViewportSize(phone.viewport);
  });

  await test.step('another one is swapped in while it runs, and the float one beside it', async () => {
    await push(page, 'int8', 0, { withParent: true });
    const choice = hand.getByRole('group', { name: 'Model' });
    await expect(choice.getByRole('button', { name: 'Int8' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect(hand.locator('.verdict')).toHaveText('cup');
    await choice.getByRole('button', { name: 'Float' }).click();
    await expect(choice.getByRole('button', { name: 'Float' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect(hand.getByText(/^Same as desktop/)).toBeVisible();
    expect(await hand.evaluate(() => (globalThis as { marker?: string }).marker)).toBe(
      'the same page',
    );
  });

  await test.step('a photo from the phone’s own camera app is answered, too', async () => {
    const spoon = await drawPhoto('taken', { width: 1200, height: 1600, hue: hues.spoon });
    await hand
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: spoon });
    await expect(hand.locator('.verdict')).toHaveText('spoon');
    await hand.getByRole('button', { name: 'Live camera' }).click();
    await expect(hand.locator('.verdict')).toHaveText('cup');
  });

  await test.step('a correction is in the inbox at once, and once accepted in the data set', async () => {
    // Whoever sees a wrong answer taps it.
    await hand.locator('.verdict').click();
    const dialog = hand.getByRole('dialog', { name: 'What is it?' });
    await expect(dialog).toContainText(/The model said cup, \d+\s%\./);
    await dialog.getByRole('button', { name: 'spoon', exact: true }).click();
    await expect(hand.getByText('Sent to the studio: spoon.')).toBeVisible();
    await goTo(page, 'Corrections');
    await expect(page.getByText(/^New \(1\)$/)).toBeVisible();
    await page.getByRole('button', { name: /^Accept as spoon/ }).click();
    await expect(page.getByText(/^Accepted \(1\)$/)).toBeVisible();
    expect(fromPhone(project ?? '')).toEqual([
      { label: 'spoon', split: expect.stringMatching(/^(train|validation|test)$/) },
    ]);
  });

  await test.step('photos are collected without the studio, and come when it is there again', async () => {
    await hand.getByRole('button', { name: 'Collect' }).click();
    await hand.getByRole('combobox', { name: 'Photos of' }).selectOption('cup');
    await context.setOffline(true);
    const shutter = hand.getByRole('button', { name: 'Take a photo of cup' });
    await shutter.click();
    await expect(hand.getByText(/^Kept on this phone: 1 photo, /)).toBeVisible();
    await context.setOffline(false);
    await expect(hand.getByText('Sent to the studio: cup.')).toBeVisible();
    await hand.getByRole('button', { name: 'End collecting' }).click();
    await expect(hand.locator('.verdict')).toHaveText('cup');
    await expect(page.getByText('Collected on purpose: no model was asked.')).toBeVisible();
    await page.getByRole('button', { name: /^Accept as cup/ }).click();
    await expect(page.getByText(/^Accepted \(2\)$/)).toBeVisible();
    // This camera sees the same picture still: the same bytes are one photo, whose label is the last.
    expect(fromPhone(project ?? '').map(({ label }) => label)).toEqual(['cup']);
    await goTo(page, 'Deploy');
  });

  await test.step('an app that follows a wrong contract goes red, and is told its mistake', async () => {
    const wrong = await openWrongPhone(phones, page);
    await push(page, 'float32', 1);
    await expect(wrong.getByText('Answers otherwise than the desktop')).toBeVisible();
    await expect(wrong.getByRole('alert')).toContainText(
      'The mistake looks like: values divided by 255',
    );
    await expect(card(page, 1)).toContainText(/values divided by 255/i);
    await wrong.context().close();
  });

  await test.step('without the studio it goes on, also when it is loaded anew', async () => {
    await section.getByRole('button', { name: 'Turn off' }).click();
    await expect(hand.getByText(/^Offline/)).toBeVisible();
    await hand.reload();
    await expect(hand.locator('.verdict')).toHaveText('cup');
    await expect(hand.getByText(/^Same as desktop/)).toBeVisible();
    await section.getByRole('button', { name: 'Turn the page on' }).click();
    await expect(section.getByRole('list', { name: 'Paired phones' })).toContainText(
      'page is open',
    );
  });

  await test.step('revoked, it says so and forgets its models', async () => {
    await section
      .getByRole('button', { name: /^Revoke/ })
      .first()
      .click();
    await expect(hand.getByText('This phone’s access was revoked.')).toBeVisible();
    await expect(hand.locator('.verdict')).toBeHidden();
    await expect.poll(() => videoWidth(hand)).toBe(0);
    await hand.reload();
    await expect(hand.getByText('This phone is not paired with the studio.')).toBeVisible();
    await context.close();
  });
});

const videoWidth = (hand: Page) =>
  hand.evaluate<number>(`document.querySelector('video').videoWidth`);

async function goTo(page: Page, place: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: place })
    .click();
}

/** Photos of the project that came from a browser, as training is handed them. */
function fromPhone(project: string) {
  const file = join(project, 'project.sqlite');
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
