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

const studio = (devices: Device[], tools = [{ ...adbTool }], connected: string[] = []) =>
  createFakeStudio({
    handlers: {
      'devices.list': () => ({ devices, tools }),
      'devices.connect': ({ address }) => {
        connected.push(address);
        return {};
      },
      'devices.pair': ({ address, code }) => {
        connected.push(`${address} by ${code}`);
        return address.startsWith('192') ? { connectedTo: '192.168.1.5:41234' } : {};
      },
      'devices.chooseAdb': ({ path }) => {
        connected.push(path ?? 'none');
        tools[0] = {
          ...adbTool,
          ...(path === undefined ? {} : { location: path, origin: 'setting' }),
        };
        return { tool: tools[0] };
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

  it('pairs a phone by the code of its dialog, and says how to go on', async () => {
    const connected: string[] = [];
    const app = studio([pixel], [adbTool], connected);
    const there = ['devices', '--pair', '192.168.1.5:37099', '--code', '482 913', '--json'];
    const { stderr, json } = await runFakeCli(app, there);
    expect(connected).toEqual(['192.168.1.5:37099 by 482913']);
    expect(stderr).toContain('Paired, and connected to 192.168.1.5:41234.');
    expect(json()).toMatchObject({ devices: [pixel] });
    const quiet = await runFakeCli(app, ['devices', '--pair', 'phone:37099', '--code', '482913']);
    expect(quiet.stderr).toContain('Connect with --connect');
  });

  it.each([
    [['--pair', '192.168.1.5:37099']],
    [['--code', '482913']],
    [['--pair', '192.168.1.5:37099', '--code', '48291']],
    [['--pair', '192.168.1.5', '--code', '482913']],
  ])('pairs nothing with %j, and says what a pairing takes', async (args) => {
    const connected: string[] = [];
    const app = studio([pixel], [adbTool], connected);
    const { stderr, code } = await runFakeCli(app, ['devices', ...args]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/pairing/);
    expect(connected).toEqual([]);
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

  it('says what to do about a phone that is not ready', async () => {
    const { stdout } = await runFakeCli(studio([pixel, shy], [adbTool]), ['doctor']);
    expect(stdout).toContain('SHY (unauthorized)');
    expect(stdout).toContain('SHY: The phone asks whether this computer may use it.\n  1. Unlock');
    expect(stdout).not.toContain('Pixel 8: Ready');
  });

  it('has the studio use another adb, and look for one again', async () => {
    const asked: string[] = [];
    const app = studio([], [adbTool], asked);
    const chosen = await runFakeCli(app, ['doctor', '--adb', 'tools/adb']);
    expect(chosen.stdout).toMatch(/adb: ready · 1\.0\.41 · \/.*tools\/adb · chosen/);
    const forgotten = await runFakeCli(app, ['doctor', '--forget-adb']);
    expect(forgotten.stdout).not.toContain('chosen');
    expect(asked).toEqual([expect.stringMatching(/^\/.*\/tools\/adb$/), 'none']);
    const both = await runFakeCli(app, ['doctor', '--adb', 'x', '--forget-adb']);
    expect(both.code).toBe(2);
  });

  it('says when the chosen adb had to be passed over', async () => {
    const notice = 'The adb that was chosen, /gone/adb, is not there.';
    const { stdout } = await runFakeCli(studio([], [{ ...adbTool, notice }]), ['doctor']);
    expect(stdout).toContain(`adb: ready · 1.0.41\n  ${notice}`);
  });
});
