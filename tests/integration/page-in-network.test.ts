import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelInput } from '@main/workers/model-input';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import type { BrowserContext, Page } from '@playwright/test';
import { type CompanionGolden, companionProtocol } from '@shared/domain/companion-protocol';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { answersHere, makeFloatPageModel } from '../../scripts/bench/page-models';
import {
  openPhonePage,
  type PhonePageOptions,
  questionAbout,
} from '../../scripts/bench/phone-page';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { makeLearnablePhotos } from '../fixtures/make-photos';

const isInNetwork = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .some(({ family, internal }) => family === 'IPv4' && !internal);
/** Of a computer without a graphics processor: by its own software, slowly. */
const withWebGpu = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];
const labels = ['red', 'blue'];

/** Made once: it takes longer than the tests. */
let made: Awaited<ReturnType<typeof makeModel>>;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pocketlens-network-'));
  made = await makeModel(folder);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** A float model with golden photos, as they are pushed, and an input with the desktop's answer. */
async function makeModel(into: string) {
  const paths = await makeLearnablePhotos(into, labels, 4);
  const photos = paths.map((path, index) => ({ path, labelIndex: index < 4 ? 0 : 1 }));
  const runtime = await createWasmRuntime();
  const { float32 } = await makeFloatPageModel(into, { photos, labels }, runtime);
  const chosen = [...paths.slice(0, 2), ...paths.slice(4, 6)];
  const question = await questionAbout('push-1', [float32], chosen);
  const expected = await answersHere(
    float32,
    chosen.map((path) => ({ path })),
    runtime,
  );
  await runtime.dispose();
  const golden: CompanionGolden = {
    protocol: companionProtocol,
    sha256: float32.model.sha256,
    ...{ bound: question.bound, runtime: runtime.name },
    photos: question.photos.map(({ file, sha256 }, row) => ({
      ...{ file, sha256 },
      expected: Array.from(expected[row] ?? [], (value) => Math.min(1, value)),
    })),
  };
  const { preprocessing } = float32.model;
  const bytes = await readModelInput({ photoId: 0, sha256: '', path: chosen[0]! }, preprocessing);
  return {
    ...{ float32, seen: readFileSync(chosen[0]!), push: { ...question, answers: [golden] } },
    input: Array.from(createInputEncoder(preprocessing)(bytes)),
    output: Array.from(expected[0] ?? []),
  };
}

type OpenedPage = Awaited<ReturnType<typeof open>>;

/** The page with that model pushed to it, and what it loads; whoever opens it closes it. */
async function open(options: PhonePageOptions) {
  const loaded: string[] = [];
  const prepare = async (context: BrowserContext) => {
    context.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  };
  const own = mkdtempSync(join(folder, 'page-'));
  const opened = await openPhonePage(own, made.seen, { ...options, prepare });
  if (!opened) throw new Error('Chromium was there before.');
  await opened.push([made.float32], made.push);
  return { ...opened, loaded };
}

/** A live camera, and what browsers give secure pages only. */
async function facts(page: Page) {
  await page.getByText(/ms a model run/).waitFor({ timeout: 120_000 });
  return page.evaluate<object>(`navigator.serviceWorker.getRegistrations().then(({ length }) => ({
    isSecure: isSecureContext,
    isIsolated: crossOriginIsolated,
    isLive: document.querySelector('video').videoWidth > 0,
    isKept: length > 0,
  }))`);
}

describe.skipIf(!findChromium() || !isInNetwork)(
  'the page over Wi-Fi, encrypted (skipped without Chromium or a network)',
  () => {
    it('has the live camera and threads once somebody goes on in spite of the warning', async () => {
      const { page, phones, close } = await open({ network: 'clicked-through' });
      onTestFinished(close);
      expect(new URL(page.url()).protocol).toBe('https:');
      expect(await facts(page)).toMatchObject({ isSecure: true, isIsolated: true, isLive: true });
      await page.getByText('Encrypted connection').click();
      const root = page.getByRole('link', { name: 'Download the root certificate' });
      const href = await root.getAttribute('href');
      const bytes = await page.evaluate<number[]>(
        `fetch('${href}').then((answer) => answer.arrayBuffer()).then((file) => [...new Uint8Array(file)])`,
      );
      const { rootSha256 } = phones.state().https?.certificate ?? {};
      expect(new X509Certificate(Buffer.from(bytes)).fingerprint256).toBe(rootSha256);
    }, 300_000);

    describe('where the phone trusts it', () => {
      let opened: OpenedPage;
      beforeAll(async () => {
        opened = await open({ network: 'trusted' });
      });
      afterAll(() => opened.close());

      it('is not opened by a browser that was told nothing', async () => {
        const { page, phones } = opened;
        const browser = await page
          .context()
          .browser()
          ?.browserType()
          .launch({
            executablePath: findChromium()!,
            args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
          });
        onTestFinished(() => browser?.close());
        const stranger = await browser?.newPage();
        const [link = ''] = (await phones.offer()).wifiLinks;
        await expect(stranger?.goto(link)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
      });

      it('is kept offline as well, without a warning', async () => {
        const { page, phones } = opened;
        expect(await facts(page)).toEqual({
          ...{ isSecure: true, isIsolated: true, isLive: true, isKept: true },
        });
        await expect(page.getByText(/This browser trusts the certificate/).count()).resolves.toBe(
          1,
        );
        await phones.turnOff();
        await page.reload();
        await page.getByText(/ms a model run/).waitFor({ timeout: 120_000 });
      });
    });
  },
);

describe.skipIf(!findChromium())('WebGPU on the page (skipped without Chromium)', () => {
  it('is not even loaded where it is not offered', async () => {
    const { page, loaded, close } = await open({});
    onTestFinished(close);
    await page.getByText('Same as desktop on 4 photos').waitFor({ timeout: 120_000 });
    await facts(page);
    expect(loaded.filter((path) => path.includes('gpu-worker'))).toEqual([]);
    expect(loaded.filter((path) => path.endsWith('/litert_wasm_internal.wasm'))).toEqual([]);
  });

  describe('where it is offered', () => {
    let opened: OpenedPage;
    beforeAll(async () => {
      opened = await open({ chromiumArguments: withWebGpu });
    });
    afterAll(() => opened.close());

    it('is tried, and left where it is slower', async () => {
      const { page, loaded } = opened;
      await page
        .getByText(/^WebAssembly runs it: [\d.]+ ms, WebGPU took [\d.]+ ms$/)
        .waitFor({ timeout: 240_000 });
      await page.getByText('Same as desktop on 4 photos').waitFor();
      expect(loaded.some((path) => path.startsWith('/assets/gpu-worker'))).toBe(true);
    }, 300_000);

    it('answers as this computer does, within what golden photos allow', async () => {
      const assets = readdirSync('out/companion/assets');
      const asked = {
        script: `/assets/${assets.find((name) => name.startsWith('gpu-worker'))}`,
        model: `/files/${made.float32.model.sha256}.tflite`,
        input: made.input,
      };
      const answer = await opened.page.evaluate<number[]>(
        `(${askGpuWorker})(${JSON.stringify(asked)})`,
      );
      expect(answer).toHaveLength(labels.length);
      answer.forEach((probability, at) => {
        expect(Math.abs(probability - (made.output[at] ?? -1))).toBeLessThan(0.001);
      });
    });
  });
});

/** In the page: has the built worker answer one input. */
const askGpuWorker = `({ script, model, input }) => new Promise((resolve, reject) => {
  const worker = new Worker(script);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.onmessage = ({ data }) => {
    if (data.kind === 'failed') reject(new Error(data.problem));
    if (data.kind === 'answer') resolve(Array.from(data.output));
    if (data.kind === 'ready') worker.postMessage({ kind: 'run', id: 1, input: Float32Array.from(input) });
  };
  fetch(model)
    .then((answer) => answer.arrayBuffer())
    .then((file) => worker.postMessage({ kind: 'load', file: new Uint8Array(file) }));
})`;
