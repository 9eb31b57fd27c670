import { createHash, X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import {
  type BrowserPhones,
  createBrowserPhones,
} from '../../src/main/platform/devices/browser/browser-phones';
import type { DeviceFolder } from '../../src/main/platform/devices/device-transport';
import type { GoldenSet } from '../../src/main/services/deploy/phones/golden-photos';
import { type ModelFile, planPush } from '../../src/main/services/deploy/phones/push-plan';
import {
  companionProtocol,
  type CompanionResult,
  companionResultSchema,
  readCompanionMessage,
} from '../../src/shared/domain/companion-protocol';
import { companionTarget } from '../../src/shared/domain/deployment';
import type { DeviceId } from '../../src/shared/domain/device';
import { findChromium } from '../lib/chromium.mjs';
import { inProject } from './bench-app';

/** The built page in a real Chromium with a pretended camera, paired with a server of its own. */
export interface PhonePage {
  page: Page;
  /** The server that it is paired with, and as which phone. */
  phones: BrowserPhones;
  deviceId: DeviceId;
  /** As the studio pushes: the first model is to run. @param golden what the page is asked, if anything. */
  push(models: readonly ModelFile[], golden?: GoldenSet): Promise<void>;
  /** Waits for the page's answers to a push's question. */
  result(requestId: string): Promise<CompanionResult>;
  close(): Promise<void>;
}

export interface PhonePageOptions {
  /** Is given the browser's context before the page is opened in it. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
  /**
   * Opened by this computer's address in the network, encrypted, as somebody does who clicks through the browser's
   * warning, or whose phone trusts the certificate. Default: as by a cable.
   */
  network?: 'clicked-through' | 'trusted';
  chromiumArguments?: readonly string[];
}

const patienceMs = 120_000;
const unhurried = { signal: new AbortController().signal };

/**
 * undefined where there is no Chromium.
 * @param folder a new one, for the server and the camera.
 * @param seen a JPEG: what the camera shows. undefined: there is none, and no picture takes time from what is asked.
 */
export async function openPhonePage(
  folder: string,
  seen: Uint8Array | undefined,
  { prepare, network, chromiumArguments = [] }: PhonePageOptions = {},
): Promise<PhonePage | undefined> {
  const executablePath = findChromium();
  if (!executablePath) return undefined;
  const phones = createBrowserPhones({
    folder: join(folder, 'phones'),
    pageFolder: inProject('out/companion'),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    port: 0,
  });
  await phones.turnOn({ wifi: network !== undefined, https: network !== undefined });
  const browser = await chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(seen ? await cameraOf(folder, seen) : []),
      ...(network === 'trusted'
        ? [`--ignore-certificate-errors-spki-list=${await pinOf(folder)}`]
        : []),
      ...chromiumArguments,
    ],
  });
  async function close(): Promise<void> {
    await browser.close();
    await phones.dispose();
  }
  try {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      permissions: ['camera'],
      ignoreHTTPSErrors: network === 'clicked-through',
    });
    await prepare?.(context);
    const page = await context.newPage();
    const { cableLink, wifiLinks } = await phones.offer();
    await page.goto(network ? (wifiLinks[0] ?? '') : cableLink);
    const deviceId = await connected(phones);
    const own = await phones.openFolder(deviceId, companionTarget.place);
    return {
      page,
      phones,
      deviceId,
      async push(models, golden) {
        const plan = planPush({
          target: companionTarget,
          models,
          project: 'Bench',
          at: new Date(),
          golden,
          keep: [],
        });
        for (const { name, source } of plan.files) await own.put(name, source, unhurried);
      },
      result: (requestId) => awaitResult(own, requestId),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** By this Chromium trusts just the certificate of this page: the base64 SHA-256 of its public key. */
async function pinOf(folder: string): Promise<string> {
  const { publicKey } = new X509Certificate(
    await readFile(join(folder, 'phones', 'certificate.pem')),
  );
  const key = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}

/** Resolves with the phone whose page is open; browsers take a moment from the page to its events. */
async function connected(phones: BrowserPhones): Promise<DeviceId> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(50)) {
    const [phone] = await phones.list();
    if (phone) return phone.id;
  }
  throw new Error('The page is open, but has not connected to its server.');
}

/** Chromium's options for a motion JPEG of one picture, which it plays again and again. */
async function cameraOf(folder: string, seen: Uint8Array): Promise<string[]> {
  const file = join(folder, 'camera.mjpeg');
  await writeFile(file, Buffer.concat(Array.from({ length: 10 }, () => seen)));
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ];
}

async function awaitResult(folder: DeviceFolder, requestId: string): Promise<CompanionResult> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(100)) {
    const bytes = await folder.read(`results/${requestId}.json`);
    if (!bytes) continue;
    const reading = readCompanionMessage(
      companionResultSchema,
      Buffer.from(bytes).toString('utf8'),
    );
    if (reading.problem === undefined) return reading.message;
  }
  throw new Error(`The page has not answered ${requestId}.`);
}

/** A question about photos, to be pushed with models; nothing is said of what the desktop answers. */
export async function questionAbout(
  id: string,
  models: readonly ModelFile[],
  paths: readonly string[],
): Promise<GoldenSet> {
  const photos = await Promise.all(
    paths.map(async (path, photoId) => {
      const content = await readFile(path);
      const sha256 = createHash('sha256').update(content).digest('hex');
      return { file: `golden/${sha256}.jpg`, sha256, bytes: content.length, path, photoId };
    }),
  );
  return {
    photos,
    bound: 0.01,
    answers: [],
    request: {
      protocol: companionProtocol,
      id,
      models: models.map(({ model }) => model.sha256),
      photos: photos.map(({ file, sha256 }) => ({ file, sha256 })),
    },
  };
}
