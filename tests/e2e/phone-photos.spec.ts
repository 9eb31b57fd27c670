import { execFile } from 'node:child_process';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { startAndroidPhone } from '../fakes/android/android-phone';
import { adbBinary } from '../fakes/android/real-adb';
import { drawPhoto, makeLearnablePhotos } from '../fixtures/make-photos';
import { studioHome } from '../fixtures/studio-home';
import { patient, test as base } from './phone-desk';
import { program } from './studio-server';

const run = promisify(execFile);

/** The studio opens on a project with three photos of a cup and three of a hat. */
const test = base.extend({
  project: async ({ desk }, use) => {
    const project = join(desk.folder, 'project');
    const photos = join(desk.folder, 'things');
    await makeLearnablePhotos(photos, ['cup', 'hat'], 3);
    const env = studioHome(join(desk.folder, 'home'));
    await run(process.execPath, [program, 'create', project], { env });
    await run(process.execPath, [program, 'import', project, photos], { env });
    await use(project);
  },
});

test.skip(
  adbBinary === undefined,
  'There is no adb here: npm run setup installs it on Debian and Ubuntu.',
);

test('photos come from a phone: chosen ones with a label, and only new ones next time', async ({
  page,
  studio,
  desk,
}) => {
  const phone = await startAndroidPhone({
    folder: join(desk.folder, 'android'),
    serial: 'SIM',
    apps: [],
  });
  /** Taken on the given day of March. */
  const shoot = async (day: number) => {
    const path = phone.files.local(`/sdcard/DCIM/Camera/IMG_${day}.jpg`);
    writeFileSync(path, await drawPhoto(`day ${day}`, { width: 160, height: 120 }));
    const at = new Date(Date.UTC(2026, 2, day, 12));
    utimesSync(path, at, at);
  };
  for (let day = 1; day <= 5; day++) await shoot(day);

  await page.goto(studio.link);
  const open = async () => {
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Photos from a phone…' }).click();
  };
  const dialog = page.getByRole('dialog', { name: 'Photos on a phone' });
  const tiles = dialog.getByRole('group', { name: 'Photos on the phone' }).getByRole('button');

  await test.step('without a phone it says what to do, and finds the phone by itself', async () => {
    await open();
    await expect(dialog).toContainText('Plug in a phone', patient);
    await desk.adb?.connect(phone.address);
    await expect(tiles).toHaveCount(5, patient);
    await expect(tiles.first()).toHaveAccessibleName('IMG_5.jpg');
    // Each thumbnail is made from the photo on the phone.
    const widths = () =>
      tiles
        .locator('img')
        .evaluateAll((images) =>
          images.map((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0),
        );
    await expect.poll(widths, patient).toEqual([true, true, true, true, true]);
  });

  await test.step('two are chosen and come in with a label', async () => {
    await tiles.nth(0).click();
    await tiles.nth(1).click();
    await dialog.getByRole('combobox', { name: 'Label' }).click();
    await page.getByRole('option', { name: 'cup' }).click();
    await dialog.getByRole('button', { name: 'Import 2 photos' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^\d? ?cup/ }).first()).toContainText(
      '5',
      patient,
    );
  });

  await test.step('next time only the others are offered, or all, with what came before marked', async () => {
    await shoot(6);
    await open();
    await expect(tiles).toHaveCount(4, patient);
    await expect(tiles.first()).toHaveAccessibleName('IMG_6.jpg');
    await dialog.getByRole('switch', { name: 'Only new ones' }).uncheck();
    await expect(tiles).toHaveCount(6, patient);
    await expect(tiles.nth(1)).toHaveAccessibleName('IMG_5.jpg, Came before');
  });

  await test.step('a phone that is pulled out: what to do, in the dialog', async () => {
    phone.pull();
    await expect(dialog).toContainText(/Plug|plug/, patient);
  });
  await phone.dispose();
});
