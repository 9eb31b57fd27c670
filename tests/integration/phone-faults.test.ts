import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openAndroidFaults } from '../../scripts/phone-faults/android-faults';
import type { FaultSet } from '../../scripts/phone-faults/faulty-phone';
import { openIphoneFaults } from '../../scripts/phone-faults/iphone-faults';
import { runFaults } from '../../scripts/phone-faults/run-faults';
import { adbBinary } from '../fakes/android/real-adb';
import { hasIosLibrary } from '../fakes/iphone/real-libimobiledevice';
import { buildIphoneProcess } from '../fixtures/iphones';
import { temporaryFolder } from '../fixtures/temporary-folder';

/** The faults that are over within a second or two; `npm run phone-faults` has all, at 20 moments each. */
async function violationsOf(set: FaultSet, only: string[]): Promise<string[]> {
  onTestFinished(() => set.phone.dispose());
  const rows = await runFaults(set, { folder: temporaryFolder(), moments: 2, seed: 7, only });
  expect(rows.map(({ fault }) => fault)).toEqual(only);
  return rows.flatMap(({ fault, violations }) => violations.map((text) => `${fault} ${text}`));
}

describe('faults at random moments of a push leave a whole model and say what to do', () => {
  it.skipIf(adbBinary === undefined)('on an Android phone', async () => {
    const set = await openAndroidFaults(temporaryFolder());
    const only = ['no space', 'permission denied', 'app removed', 'wrong hash'];
    expect(await violationsOf(set, only)).toEqual([]);
  });

  describe.skipIf(!hasIosLibrary())('on an iPhone', () => {
    let iphoneProcess: Awaited<ReturnType<typeof buildIphoneProcess>>;
    beforeAll(async () => {
      iphoneProcess = await buildIphoneProcess();
    });
    afterAll(() => iphoneProcess.remove());

    it('as well', async () => {
      const set = await openIphoneFaults(temporaryFolder(), iphoneProcess.file);
      const only = ['locked', 'app without file sharing', 'no space', 'pulled'];
      expect(await violationsOf(set, only)).toEqual([]);
    });
  });
});
