import { join } from 'node:path';
import { expect, mergeTests, type Page } from '@playwright/test';
import { companionApp } from '@shared/domain/companion-protocol';
import { type AndroidPhone, startAndroidPhone } from '../fakes/android/android-phone';
import { adbBinary } from '../fakes/android/real-adb';
import { createIphone, type Iphone } from '../fakes/iphone/iphone';
import { hasIosLibrary } from '../fakes/iphone/real-libimobiledevice';
import { patient, test as desk } from './phone-desk';
import { test as quantized } from './quantized-project';

const test = mergeTests(quantized, desk);

test.describe('an Android phone', () => {
  test.skip(
    adbBinary === undefined,
    'There is no adb here: npm run setup installs it on Debian and Ubuntu.',
  );

  let phone: AndroidPhone;
  test.beforeEach(async ({ desk }) => {
    phone = await startAndroidPhone({
      folder: join(desk.folder, 'android'),
      serial: 'SIM',
      apps: [companionApp.appId],
      asks: true,
    });
  });
  test.afterEach(() => phone.dispose());

  test('is allowed, pushed to, pulled out in the middle, healed by the next push, and rolled back', async ({
    page,
    studio,
    desk,
  }) => {
    const { appId, folder } = companionApp;
    const app = desk.companion(phone.files.local(`/sdcard/Android/data/${appId}/files/${folder}`));
    await openDeploy(page, studio.link);
    await expect(panel(page)).toContainText('No phone is connected', patient);
    const card = page.getByRole('listitem', { name: 'Google Pixel 8' });

    await test.step('it asks first: the card says what to do on it', async () => {
      await desk.adb?.connect(phone.address);
      await expect(panel(page)).toContainText('Look at the phone', patient);
      await expect(panel(page)).toContainText('tap Allow');
      await expect(pushTo(panel(page))).toHaveCount(0);
      phone.accept();
      await expect(card).toContainText('Ready', patient);
    });

    await test.step('an int8 model is checked by the phone', async () => {
      await choose(page, 'int8');
      await pushTo(card).click();
      await expect(verdict(card)).toHaveText(/^Deployed: \d golden photos/, patient);
      await expect(card).toContainText(/largest difference of a probability .* LiteRT/);
    });
    const int8 = app.running;
    const runsInt8 = await runs(card).textContent();

    await test.step('pulled out in the middle: what to do, and what it still runs', async () => {
      await choose(page, 'float32');
      phone.after(3_000_000, 'cut');
      await pushTo(card).click();
      await expect(card.getByRole('alert')).toContainText('push again', patient);
      await expect(card).toContainText('Does not answer', patient);
      await expect(runs(card)).toHaveText(runsInt8 ?? '');
      expect(app.running).toBe(int8);
    });

    await test.step('plugged in again: the second push heals it', async () => {
      phone.plugIn();
      await desk.adb?.disconnect(phone.address);
      await desk.adb?.connect(phone.address);
      await pushTo(card).click(patient);
      await expect(runs(card)).not.toHaveText(runsInt8 ?? '', patient);
      await expect(verdict(card)).toHaveText(/^Deployed: \d golden photos/);
      await expect(card.getByRole('alert')).toHaveCount(0);
      expect(app.running).not.toBe(int8);
    });

    await test.step('rolled back to int8, checked again', async () => {
      await card.getByRole('button', { name: 'Roll back' }).click();
      await expect(runs(card)).toContainText('int8', patient);
      await expect(verdict(card)).toHaveText(/^Deployed: \d golden photos/, patient);
      expect(app.running).toBe(int8);
    });
  });
});

test.describe('an iPhone', () => {
  test.skip(
    !hasIosLibrary(),
    'There is no libimobiledevice here: npm run setup installs it on Debian and Ubuntu.',
  );

  test('that was told not to trust, says what to do, is trusted, and checks what it gets', async ({
    page,
    studio,
    desk,
  }) => {
    const { appId, folder } = companionApp;
    const phone: Iphone = createIphone({
      folder: join(desk.folder, 'iphone'),
      apps: [{ bundleId: appId, fileSharing: true }],
      trust: 'denies',
    });
    desk.companion(join(phone.folder, 'Containers', appId, 'Documents', folder));
    await openDeploy(page, studio.link);
    const card = panel(page).getByRole('listitem').filter({ hasText: 'iOS' });

    await test.step('it was told not to trust: the card says what to do', async () => {
      desk.muxd.plugIn(phone);
      await expect(card).toContainText('was told not to trust this computer', patient);
      await expect(card).toContainText('Unplug it and plug it in again');
      await expect(pushTo(card)).toHaveCount(0);
      desk.muxd.pull(phone);
      await expect(card).toHaveCount(0, patient);
      phone.trust = 'accepts';
      desk.muxd.plugIn(phone);
      await expect(card).toContainText('Ready', patient);
    });

    await test.step('a push is checked by the phone', async () => {
      await pushTo(card).click();
      await expect(verdict(card)).toHaveText(/^Deployed: \d golden photos/, patient);
      await expect(card.getByRole('alert')).toHaveCount(0);
    });
  });
});

async function openDeploy(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: 'Deploy' })
    .click();
}

const choose = (page: Page, precision: string) =>
  page.getByRole('radio', { name: new RegExp(precision) }).check();

const panel = (page: Page) => page.getByRole('region', { name: 'Phones' });

type Card = ReturnType<typeof panel>;

const pushTo = (card: Card) => card.getByRole('button', { name: 'Push', exact: true });
const verdict = (card: Card) =>
  card.getByRole('status').filter({ hasText: /^(Deployed|The phone answers|Copied)/ });
const runs = (card: Card) => card.getByText(/^Runs /);
