import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, mergeTests, type Page } from '@playwright/test';
import { companionApp } from '@shared/domain/companion-protocol';
import { startAndroidPhone } from '../fakes/android/android-phone';
import { adbBinary } from '../fakes/android/real-adb';
import { giveFeedback } from '../fakes/companion-feedback';
import { drawPhoto } from '../fixtures/make-photos';
import { test as desk } from './phone-desk';
import { test as quantized } from './quantized-project';

const test = mergeTests(quantized, desk);

test.setTimeout(300_000);
// On a busy machine pushes and trainings take their time.
const patient = { timeout: 120_000 };

test.describe('the inbox of corrections', () => {
  test.skip(
    adbBinary === undefined,
    'There is no adb here: npm run setup installs it on Debian and Ubuntu.',
  );

  test('is decided about by keys; what is accepted is in the next training', async ({
    page,
    studio,
    project,
    desk,
  }) => {
    const phone = await startAndroidPhone({
      folder: join(desk.folder, 'android'),
      serial: 'SIM',
      apps: [companionApp.appId],
    });
    const { appId, folder } = companionApp;
    const models = phone.files.local(`/sdcard/Android/data/${appId}/files/${folder}`);
    const app = desk.companion(models);
    await desk.adb?.connect(phone.address);
    await page.goto(studio.link);

    await test.step('a push is what corrections are about', async () => {
      await goTo(page, 'Deploy');
      const card = page.getByRole('listitem', { name: 'Google Pixel 8' });
      await card.getByRole('button', { name: 'Push', exact: true }).click(patient);
      await expect(card.getByText(/^Deployed: \d golden photos/)).toBeVisible(patient);
    });

    const hashes: string[] = [];
    await test.step('what is on the phone is read when asked', async () => {
      for (const [index, said] of ['hat', 'spoon', 'cup', 'kiwi'].entries()) {
        const photo = await drawPhoto(`seen ${index}`, {
          width: 960,
          height: 720,
          hue: 60 * index,
        });
        const words = { model: app.running, answered: 'cup', probability: 0.41, label: said };
        hashes.push(giveFeedback(models, index, photo, words).sha256);
      }
      await goTo(page, 'Corrections');
      await page.getByRole('button', { name: 'Read phones' }).click();
      await expect(tab(page, 'New', 4)).toBeVisible(patient);
    });

    await test.step('a label that the project lacks is offered to be made', async () => {
      await page.getByRole('button', { name: 'Go to correction 1' }).click();
      await expect(page.getByText('The project has no label “kiwi”.')).toBeVisible();
      await expect(page.getByText('41.0%')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Make it a label and accept' })).toBeVisible();
      await page.keyboard.press('Backspace');
      await expect(tab(page, 'New', 3)).toBeVisible();
    });

    await test.step('dismissed, it comes back by Undo, and from its list', async () => {
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(tab(page, 'New', 4)).toBeVisible();
      await page.getByRole('button', { name: 'Go to correction 1' }).click();
      await page.keyboard.press('x');
      await tab(page, 'Dismissed', 1).click();
      await expect(page.getByText(/^Can be brought back for 30 days/)).toBeVisible();
      await page.getByRole('button', { name: 'Forget all dismissed' }).click();
      await expect(page.getByText(/^Forgot 1 correction\./)).toBeVisible();
      await expect(tab(page, 'Dismissed', 0)).toBeVisible();
      await tab(page, 'New', 3).click();
    });

    await test.step('the next is cup as said, the one after it a hat instead of a spoon', async () => {
      await expect(page.getByRole('button', { name: /^Accept as cup/ })).toBeVisible();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('button', { name: /^Accept as spoon/ })).toBeVisible();
      // The second label's key; labels are cup, hat, spoon.
      await page.keyboard.press('2');
      await expect(page.getByRole('button', { name: /^Accept as hat/ })).toBeVisible();
      await page.keyboard.press('Enter');
      await expect(page.getByText('Nothing waits for you')).toBeVisible();
      await expect(tab(page, 'Accepted', 3)).toBeVisible();
    });

    await test.step('the next training has frozen them as they were corrected', async () => {
      await goTo(page, 'Train');
      const setup = page.getByRole('complementary', { name: 'New model' });
      await setup.getByRole('button', { name: /^Train/ }).click();
      await expect.poll(() => trainedVersion(project ?? '').models, patient).toBe(3);
      const { labels } = trainedVersion(project ?? '');
      const [hat, spoon, cup, kiwi] = hashes;
      expect([hat, spoon, cup, kiwi].map((hash) => labels.get(hash ?? ''))).toEqual([
        'hat',
        'hat',
        'cup',
        undefined,
      ]);
    });
    await phone.dispose();
  });
});

async function goTo(page: Page, place: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: place })
    .click();
}

const tab = (page: Page, state: string, count: number) =>
  page.getByText(`${state} (${count})`, { exact: true });

/** How many models there are, and what the newest one's version calls each photo, by hash. */
function trainedVersion(project: string): { models: number; labels: Map<string, string> } {
  const database = new DatabaseSync(join(project, 'project.sqlite'), { readOnly: true });
  try {
    const models = database.prepare('SELECT record FROM models ORDER BY created_at').all() as {
      record: string;
    }[];
    const { versionId } = JSON.parse(models.at(-1)?.record ?? '{}') as { versionId?: string };
    const version = database
      .prepare('SELECT labels, photos FROM dataset_versions WHERE id = ?')
      .get(versionId ?? '') as { labels: string; photos: Uint8Array };
    const names = JSON.parse(version.labels) as string[];
    const rows = JSON.parse(inflateSync(version.photos).toString('utf8')) as [
      number,
      string,
      number,
      number,
    ][];
    const labels = new Map(rows.map(([, sha256, label]) => [sha256, names[label] ?? '']));
    return { models: models.length, labels };
  } finally {
    database.close();
  }
}
