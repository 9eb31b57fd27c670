import { machineCacheFolder } from '@main/engine/machine-cache';
import { isTfjsNodeBuilt, tfjsNodeFolder } from '@main/engine/training/tfjs-node/tfjs-node-folder';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

it.each([
  ['linux', {}, /^.home.ann.\.cache.pocketlens-studio.things.2-linux-/],
  ['linux', { XDG_CACHE_HOME: '/cache' }, /^.cache.pocketlens-studio.things/],
  ['darwin', {}, /^.home.ann.Library.Caches.Pocketlens Studio.things.2-darwin-/],
  ['win32', { LOCALAPPDATA: '/local' }, /^.local.Pocketlens Studio.things.2-win32-/],
  ['linux', { POCKETLENS_HOME: '/own' }, /^.own.things.2-linux-/],
] as const)(
  'native libraries lie in the cache of %s with %o',
  (platform, environment, expected) => {
    expect(machineCacheFolder('things', '2', environment, platform, '/home/ann')).toMatch(expected);
  },
);

it('TensorFlow.js is not there before it was built', () => {
  const folder = tfjsNodeFolder({ POCKETLENS_HOME: temporaryFolder() });
  expect(folder).toMatch(/tfjs-node.4\.22\.0-tf/);
  expect(isTfjsNodeBuilt(folder)).toBe(false);
});
