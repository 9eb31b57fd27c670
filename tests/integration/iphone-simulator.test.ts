import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { bundleId, hasTool, openIphoneLab } from '../fixtures/iphones';
import { temporaryFolder } from '../fixtures/temporary-folder';

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

/** Needs the package ifuse, and the right to mount. */
describe.skipIf(!hasTool('ifuse'))('ifuse', () => {
  it('mounts an app’s files: written, moved over one that is there, read back, removed', async ({
    skip,
  }) => {
    const lab = await openIphoneLab();
    const phone = lab.phone();
    const env = { ...process.env, USBMUXD_SOCKET_ADDRESS: lab.muxd.address };
    await run('idevicepair', ['-u', phone.udid, 'pair'], { env });
    const mounted = temporaryFolder();
    const mount = ['-u', phone.udid, '--documents', bundleId, mounted];
    const problem = await run('ifuse', mount, { env, timeout: 20_000 }).then(
      () => '',
      (error: unknown) => (error as { stderr: string }).stderr,
    );
    if (/fuse.*(not found|not permitted|No such file)/i.test(problem)) skip(problem);
    expect(problem).toBe('');
    // By other programs, which go there themselves: whatever this process does in there, also starting
    // one, would wait for the phone that it plays.
    const shell = async (script: string) =>
      (await run('sh', ['-ec', `cd ${mounted}; ${script}`], { timeout: 20_000 })).stdout;
    try {
      await shell('mkdir models; echo old > models/manifest.json; echo new > models/part');
      await shell('mv -f models/part models/manifest.json');
      expect(await shell('ls models; cat models/manifest.json')).toBe('manifest.json\nnew\n');
      const there = join(phone.folder, 'Containers', bundleId, 'Documents', 'models');
      expect(readFileSync(join(there, 'manifest.json'), 'utf8')).toBe('new\n');
      await shell('rm models/manifest.json; df . > /dev/null');
      expect(readdirSync(there)).toEqual([]);
    } finally {
      await run('umount', [mounted]);
    }
  });
});
