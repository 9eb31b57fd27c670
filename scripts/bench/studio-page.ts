import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import type { StudioApp } from '../../src/main/app/studio-app';
import { startWebHost } from '../../src/main/host/web/start-web-host';
import { findChromium } from '../lib/chromium.mjs';

const rendererFolder = fileURLToPath(new URL('../../out/renderer', import.meta.url));

/**
 * Runs `work` on the studio's page in headless Chromium (1280 x 800), served by the web host in this
 * process. undefined where there is no Chromium.
 */
export async function onStudioPage<Result>(
  app: StudioApp,
  work: (page: Page) => Promise<Result>,
): Promise<Result | undefined> {
  const executablePath = findChromium();
  if (!executablePath) return undefined;
  const host = await startWebHost({
    app,
    rendererFolder,
    port: 0,
    log: { info: () => undefined, warn: () => undefined, error: console.error },
  });
  const browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    // Probes are scripts that the studio's own policy would not let in.
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      bypassCSP: true,
    });
    await page.goto(host.url);
    return await work(page);
  } finally {
    await browser.close();
    await host.close();
  }
}
