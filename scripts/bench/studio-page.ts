import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../lib/chromium.mjs';
import { inProject } from './bench-app';

export interface UsedStudio<Result> {
  result: Result;
  /** The most that the studio's process had, its worker threads included; where Linux tells it. */
  memoryMb: number | undefined;
}

/**
 * Runs `work` on the studio's page in headless Chromium (1280 x 800). The studio runs as people run it:
 * behind its web host in a process of its own, so that nothing it does holds up the wheel or the keys.
 * undefined where there is no Chromium.
 * @param home the studio's folder (`POCKETLENS_HOME`), which is also that of `createBenchApp`.
 */
export async function onStudioPage<Result>(
  home: string,
  work: (page: Page) => Promise<Result>,
): Promise<UsedStudio<Result> | undefined> {
  const executablePath = findChromium();
  if (!executablePath) return undefined;
  const studio = serveStudio(home);
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
    await page.goto(await printedLink(studio));
    const result = await work(page);
    return { result, memoryMb: await peakMemory(studio.pid ?? 0) };
  } finally {
    await browser.close();
    const ended = once(studio, 'exit');
    studio.kill('SIGTERM');
    await ended;
  }
}

const serveStudio = (home: string) =>
  spawn(process.execPath, [inProject('out/main/cli.js'), 'serve', '--no-open', '--port', '0'], {
    env: { ...process.env, POCKETLENS_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

function printedLink({ stdout }: Pick<ChildProcess, 'stdout'>): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    stdout?.on('data', (chunk) => {
      printed += String(chunk);
      const link = /http:\/\/127\.0\.0\.1:\d+\S+/.exec(printed)?.[0];
      if (link) resolve(link);
    });
    stdout?.once('end', () => reject(new Error(`The studio printed no link: ${printed}`)));
  });
}

/** `VmHWM` of proc(5). */
async function peakMemory(pid: number): Promise<number | undefined> {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(
      await readFile(`/proc/${pid}/status`, 'utf8'),
    )?.[1];
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}
