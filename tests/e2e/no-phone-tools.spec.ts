import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { temporaryHome } from './temporary-home';
import { test as base } from './quantized-project';

const studioElsewhere = fileURLToPath(new URL('../fixtures/studio-elsewhere.mjs', import.meta.url));

interface Elsewhere {
  link: string;
  /** What the program wrote to stderr: nothing, unless something was thrown. */
  complaints(): string;
}

/** The studio on a computer without adb and without libimobiledevice. */
const test = base.extend<{ platform: string; elsewhere: Elsewhere }>({
  platform: ['linux', { option: true }],
  elsewhere: async ({ platform, project }, use) => {
    const home = await temporaryHome();
    const child = spawn(process.execPath, [studioElsewhere, platform, home.folder, project ?? ''], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => (said += String(chunk)));
    await use({ link: await firstLine(child), complaints: () => said });
    child.kill('SIGKILL');
    await home.remove();
  },
});

async function firstLine(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
  return String(chunk).trim();
}

/** What a person can type or click, word for word. */
const remedies = {
  linux: ['sudo apt install adb', 'sudo apt install libimobiledevice6 usbmuxd'],
  darwin: ['brew install android-platform-tools', 'brew install libimobiledevice'],
  win32: [
    'winget install Google.PlatformTools',
    'Install “Apple Devices” from the Microsoft Store',
  ],
};

for (const [platform, commands] of Object.entries(remedies)) {
  test.describe(platform, () => {
    test.use({ platform });

    test('Deploy without adb and libimobiledevice says what to install, and nothing throws', async ({
      page,
      elsewhere,
    }) => {
      const thrown: string[] = [];
      page.on('pageerror', (error) => thrown.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') thrown.push(message.text());
      });
      await page.goto(elsewhere.link);
      const places = page.getByRole('navigation', { name: 'Places' });
      await places.getByRole('button', { name: 'Deploy' }).click();
      const phones = page.getByRole('region', { name: 'Phones' });
      const told = { timeout: 60_000 };
      await expect(phones).toContainText('adb is not installed', told);
      await expect(phones).toContainText('libimobiledevice cannot be used', told);
      for (const command of commands) await expect(phones).toContainText(command);
      await expect(phones).toContainText('No phone is connected');
      // What needs no phone is there all the same.
      await expect(page.getByRole('button', { name: /^Export/ }).first()).toBeVisible();

      await phones.getByRole('button', { name: 'Choose where adb is…' }).click();
      await page.getByRole('textbox', { name: 'Where adb is' }).fill('/nowhere/adb');
      await page.getByRole('button', { name: 'Use this adb' }).click();
      await expect(page.getByText('The adb at /nowhere/adb is not there.')).toBeVisible();

      await page.keyboard.press('Escape');
      await phones.getByRole('button', { name: 'Phone over Wi-Fi' }).click();
      await page.getByRole('textbox', { name: 'Phone over Wi-Fi' }).fill('192.168.1.5:5555');
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      await expect(page.getByRole('alert').filter({ hasText: commands[0] })).toBeVisible();

      expect(thrown).toEqual([]);
      expect(elsewhere.complaints()).toBe('');
    });
  });
}
