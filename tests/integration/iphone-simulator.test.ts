import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { hasTool, openIphoneLab } from '../fixtures/iphones';

const run = promisify(execFile);

// Stock tools accept the pretended iPhone, so that it is no mirror of this program's own mistakes.
describe.skipIf(!hasTool('idevice_id'))('libimobiledevice’s own tools', () => {
  async function start() {
    const lab = await openIphoneLab();
    const env = { ...process.env, USBMUXD_SOCKET_ADDRESS: lab.muxd.address };
    const tool = async (name: string, ...args: string[]) => {
      // They say what is wrong on either output.
      const { stdout, stderr } = await run(name, args, { env, timeout: 20_000 }).catch(
        (error: unknown) => error as { stdout: string; stderr: string },
      );
      return `${stdout}${stderr}`.trim();
    };
    return { lab, tool };
  }

  it('list phones, pair over TLS, and read who they are', async () => {
    const { lab, tool } = await start();
    const first = lab.phone();
    const second = lab.phone({ name: 'Ben’s iPhone', osVersion: '18.1' });
    expect((await tool('idevice_id', '-l')).split(/\s+/).sort()).toEqual(
      [first.udid, second.udid].sort(),
    );
    expect(await tool('idevicename', '-u', second.udid)).toBe('Ben’s iPhone');
    expect(await tool('ideviceinfo', '-u', second.udid, '-k', 'ProductVersion')).toBe('18.1');
    expect(await tool('idevicepair', '-u', first.udid, 'pair')).toContain('SUCCESS');
    expect(await tool('idevicepair', '-u', first.udid, 'validate')).toContain('SUCCESS');
    expect([...lab.muxd.records.keys()].sort()).toEqual([first.udid, second.udid].sort());
    lab.muxd.pull(first);
    expect(await tool('idevice_id', '-l')).toBe(second.udid);
  });

  it.each([
    ['asks', { trust: 'asks' }, 'trust dialog'],
    ['denies', { trust: 'denies' }, 'denied the trust dialog'],
    ['is locked', { isLocked: true }, 'passcode'],
  ] as const)('say what is wrong when it %s', async (_, options, words) => {
    const { lab, tool } = await start();
    const { udid } = lab.phone(options);
    expect(await tool('idevicepair', '-u', udid, 'pair')).toContain(words);
  });

  it('are not known any more after trust was revoked', async () => {
    const { lab, tool } = await start();
    const phone = lab.phone();
    expect(await tool('idevicepair', '-u', phone.udid, 'pair')).toContain('SUCCESS');
    phone.revoke();
    expect(await tool('idevicepair', '-u', phone.udid, 'validate')).toContain('not paired');
  });
});
