import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  compareLibrary,
  describeLibrary,
  type LibraryComparison,
} from '../../scripts/companions/android/phone-library/compare-library';
import { whyNoPhoneLibrary } from '../../scripts/companions/android/phone-library/phone-library';
import { whyUntested } from '../../scripts/companions/core-tests.mjs';

const android = join(import.meta.dirname, '../../companions/android');
const missing = whyNoPhoneLibrary();
if (missing) console.log(`The phone’s own TensorFlow Lite is not run here. ${missing}`);

/** What the issue asks for; made-up weights are near no answer, and a rounded value shows more. */
const boundOf = (precision: string, isTrained: boolean) =>
  precision === 'dynamic-range' && !isTrained ? 0.01 : 1e-3;
/** Of an int8 probability. */
const step = 1 / 256;

describe.skipIf(missing)('the library that runs models on Android phones', () => {
  let folder: string;
  let compared: LibraryComparison | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pocketlens-library-'));
    compared = await compareLibrary(android, folder).catch((error: unknown) => {
      const reason = whyUntested(String(error));
      if (reason === undefined) throw error;
      console.log(`The phone’s own TensorFlow Lite is not run here. ${reason}`);
      return undefined;
    });
    if (compared) console.log(describeLibrary(compared).join('\n'));
  }, 900_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('answers int8 as the desktop does, each number of 50 photos', (context) => {
    if (!compared) return context.skip();
    const [int8] = compared.samePixels.filter(({ precision }) => precision === 'int8');
    expect(int8).toMatchObject({ io: 'uint8', photos: 50, sameTop: 50 });
    expect(int8?.identical).toBeGreaterThanOrEqual(compared.isTrained ? 50 : 40);
    expect(int8?.largest).toBeLessThanOrEqual(compared.isTrained ? 0 : step);
    const [whole] = compared.otherForms.filter(({ io }) => io === 'int8');
    expect(whole).toMatchObject({ precision: 'int8', photos: 7, identical: 7 });
  });

  // Also int8 with float32 in and out, which rounds its input itself.
  test('answers every form that computes in float within a thousandth', (context) => {
    if (!compared) return context.skip();
    const forms = [...compared.samePixels, ...compared.otherForms];
    const inFloat = forms.filter(({ io }) => io === 'float32');
    expect(inFloat.map(({ precision }) => precision).sort()).toEqual([
      ...['dynamic-range', 'float16', 'float32', 'int16x8', 'int8', 'int8-weights'],
    ]);
    for (const { precision, photos, sameTop, largest } of inFloat) {
      expect(sameTop, precision).toBe(photos);
      expect(largest, precision).toBeLessThanOrEqual(boundOf(precision, compared.isTrained));
    }
    expect(compared.samePixels.map(({ photos }) => photos)).toEqual([50, 50, 50, 50]);
  });

  test('answers photos as they are, prepared by the app, with the same label', (context) => {
    if (!compared) return context.skip();
    expect(compared.wholeWay).toHaveLength(2);
    for (const figures of compared.wholeWay) {
      expect(figures.photos).toBe(50);
      // Made-up weights are sure of nothing.
      if (!compared.isTrained) continue;
      expect(figures.sameTop).toBeGreaterThanOrEqual(49);
      expect(figures.rightHere).toBeGreaterThan(40);
    }
  });
});
