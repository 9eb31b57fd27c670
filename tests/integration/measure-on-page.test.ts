import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { createDeviceHub } from '@main/platform/devices/device-hub';
import { expect, it, onTestFinished } from 'vitest';
import { openPhonePage } from '../../scripts/bench/phone-page';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { drawPhoto } from '../fixtures/make-photos';
import { openPushingStudio } from '../fixtures/pushing-studio';

const context = { signal: new AbortController().signal };

it.skipIf(!findChromium())(
  'the page in a phone’s browser is measured like an app (skipped without Chromium)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pocketlens-measured-page-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    const runtime = await createWasmRuntime();
    onTestFinished(() => runtime.dispose());
    const opened = await openPhonePage(
      folder,
      await drawPhoto('seen', { width: 640, height: 480 }),
    );
    if (!opened) throw new Error('Chromium was there before.');
    onTestFinished(() => opened.close());
    const { page, phones, deviceId } = opened;
    const hub = createDeviceHub({
      transports: [phones],
    });
    const studio = await openPushingStudio({ hub, runtime, deviceId, patienceMs: 60_000 });
    await studio.push(['model-1']);
    await page.getByRole('heading', { name: 'Model 1' }).waitFor();

    // Of the two the manifest lists the first alone.
    const modelIds = ['model-1', 'model-2'];
    await studio.handlers['phoneMeasurements.measure'](
      { deviceId, modelIds, targetId: 'companion', photos: 6 },
      context,
    );
    await studio.jobs.last().run();

    const { measurements } = await studio.handlers['phoneMeasurements.list']({}, context);
    expect(measurements).toMatchObject([{ deviceId, photos: 6 }]);
    expect(measurements[0]?.models.map(({ modelId }) => modelId)).toEqual(modelIds);
    for (const figures of measurements[0]?.models ?? []) {
      expect(figures).toMatchObject({ total: 6, unanswered: 0, sameAsDesktop: 6 });
      // These made-up models see single pixels; a mistake in preparing photos gives more than 0.1.
      expect(figures.largestDifference).toBeLessThan(0.05);
      expect(figures.provenance).toMatchObject({ by: expect.stringContaining('LiteRT') });
    }
    // The page runs what it ran, and no test photo is left: neither here nor in the browser.
    expect(await page.getByRole('heading', { name: 'Model 1' }).isVisible()).toBe(true);
    const own = join(folder, 'phones', deviceId.replace('browser:', ''), 'photos');
    expect(existsSync(own) ? readdirSync(own) : []).toEqual([]);
    const kept = await page.evaluate<string[]>(
      `caches.open('pocketlens-page').then((cache) => cache.keys()).then((all) => all.map(({ url }) => url))`,
    );
    expect(kept.some((url) => url.endsWith('.tflite'))).toBe(true);
    expect(kept.filter((url) => url.includes('/photos/'))).toEqual([]);
  },
);
