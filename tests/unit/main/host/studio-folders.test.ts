import { join } from 'node:path';
import { createStderrLogger } from '@main/host/stderr-logger';
import { studioFolders } from '@main/host/studio-folders';
import { describe, expect, it } from 'vitest';
import { createFakeStream } from '../../../fakes/fake-command-line';

describe('studioFolders', () => {
  it.each([
    ['linux', {}, join('/home/ada', '.local', 'share', 'pocketlens-studio')],
    ['linux', { XDG_DATA_HOME: '/data' }, join('/data', 'pocketlens-studio')],
    ['darwin', {}, join('/home/ada', 'Library', 'Application Support', 'Pocketlens Studio')],
    ['win32', { APPDATA: '/roaming' }, join('/roaming', 'Pocketlens Studio')],
  ] as const)('follows the habit of %s with %j', (platform, environment, userDataFolder) => {
    expect(studioFolders(environment, platform, '/home/ada')).toEqual({
      userDataFolder,
      projectsFolder: join('/home/ada', 'Pocketlens'),
    });
  });

  it('puts everything below POCKETLENS_HOME', () => {
    expect(studioFolders({ POCKETLENS_HOME: '/own' }, 'linux', '/home/ada')).toEqual({
      userDataFolder: join('/own', 'settings'),
      projectsFolder: join('/own', 'projects'),
    });
  });
});

it('the logger of stderr keeps quiet about what is merely worth knowing, unless asked', () => {
  const [quiet, verbose] = [createFakeStream(), createFakeStream()];
  for (const [stream, all] of [
    [quiet, false],
    [verbose, true],
  ] as const) {
    const log = createStderrLogger(stream, all);
    log.info('opened');
    log.warn('slow');
    log.error('failed', new Error('disk', { cause: new Error('full') }));
  }
  expect(quiet.text()).not.toContain('opened');
  expect(verbose.text()).toContain('opened');
  expect(quiet.text()).toContain('Warning: slow');
  expect(quiet.text()).toMatch(/Error: failed\nError: disk\n[^]*caused by Error: full/);
});
