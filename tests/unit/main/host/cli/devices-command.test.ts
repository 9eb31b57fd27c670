import type { Device, DeviceTool } from '@shared/domain/device';
import { describe, expect, it, vi } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { adbTool, pixel } from '../../../../fakes/fake-phone';
import { createFakeStudio } from '../../../../fakes/fake-studio';

const shy: Device = {
  id: 'android:SHY',
  platform: 'android',
  state: 'unauthorized',
  name: 'SHY',
  connection: 'usb',
};
const noAdb: DeviceTool = {
  name: 'adb',
  state: 'missing',
  problem: 'adb is not installed.',
  remedy: 'Install it.',
};

const studio = (devices: Device[], tools = [adbTool], connected: string[] = []) =>
  createFakeStudio({
    handlers: {
      'devices.list': () => ({ devices, tools }),
      'devices.connect': ({ address }) => {
        connected.push(address);
        return {};
      },
    },
  });

describe('devices', () => {
  it('lists phones, and says what to do about one that is not ready', async () => {
    const { stdout, code } = await runFakeCli(studio([pixel, shy]), ['devices']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/android:PIXEL8 +Google Pixel 8 +Android 15 +ready/);
    expect(stdout).toContain('SHY: The phone asks whether this computer may use it.');
    expect(stdout).toContain('  1. Unlock the phone');
  });

  it('says what is missing when nothing can be found', async () => {
    const { stdout } = await runFakeCli(studio([], [noAdb]), ['devices']);
    expect(stdout).toContain('No phone is connected.');
    expect(stdout).toContain('adb is not installed. — Install it.');
  });

  it('reaches a phone over Wi-Fi first, and refuses what is no address', async () => {
    const connected: string[] = [];
    const app = studio([pixel], [adbTool], connected);
    await runFakeCli(app, ['devices', '--connect', '192.168.1.5:5555', '--json']);
    expect(connected).toEqual(['192.168.1.5:5555']);
    const refused = await runFakeCli(app, ['devices', '--connect', 'x; reboot']);
    expect(refused.code).toBe(1);
    expect(connected).toHaveLength(1);
  });

  it('goes on telling with --watch until Ctrl+C', async () => {
    const asked = vi.fn(() => ({ devices: [], tools: [adbTool] }));
    const app = createFakeStudio({ handlers: { 'devices.list': asked } });
    const controller = new AbortController();
    const run = runFakeCli(app, ['devices', '--watch', '--json'], { signal: controller.signal });
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    app.emit('devices.changed', { devices: [pixel], tools: [adbTool] });
    controller.abort();
    const { stdout } = await run;
    expect(JSON.parse(stdout.split('\n')[0]!)).toEqual({ devices: [pixel], tools: [adbTool] });
  });
});

describe('doctor', () => {
  it('says of each tool whether it is there, and prints the rule for Linux', async () => {
    const { stdout } = await runFakeCli(studio([pixel], [adbTool]), ['doctor']);
    expect(stdout).toContain('adb: ready · 1.0.41');
    expect(stdout).toContain('Google Pixel 8 (ready)');
    if (process.platform === 'linux') expect(stdout).toContain('TAG+="uaccess"');
    const missing = await runFakeCli(studio([], [noAdb]), ['doctor', '--json']);
    expect(missing.json()).toMatchObject({ tools: [noAdb], devices: [] });
  });
});
