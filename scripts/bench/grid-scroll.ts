import type { CDPSession, Page } from '@playwright/test';
import { round } from './stopwatch';

interface TraceEvent {
  name: string;
  cat: string;
  ph: string;
  /** Microseconds. */
  ts: number;
  dur?: number;
  pid: number;
  tid: number;
  args?: { name?: string };
}

/**
 * Scrolls the grid that is on the page through 24,000 pixels with the wheel, some 30 notches a second,
 * and reads from Chromium's trace how long the page's main thread was busy at a stretch and how far
 * the frames that were drawn lie apart.
 */
export async function measureScroll(page: Page) {
  // What the page still loads is not scrolling.
  await page.waitForTimeout(1500);
  const box = await page.getByRole('grid').boundingBox();
  if (!box) throw new Error('The grid is not on the page');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const events = await traceWhile(page, async () => {
    for (let step = 0; step < 200; step++) {
      await page.mouse.wheel(0, 120);
      await page.waitForTimeout(30);
    }
  });
  return readTrace(events);
}

async function traceWhile(page: Page, work: () => Promise<void>): Promise<TraceEvent[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
    },
  });
  await work();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  return events;
}

function readTrace(events: readonly TraceEvent[]) {
  const main = events.find(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const tasks = events
    .filter(({ name, pid, tid }) => name === 'RunTask' && pid === main?.pid && tid === main.tid)
    .map(({ dur = 0 }) => dur / 1000);
  const frames = events
    .filter(({ name }) => name === 'AnimationFrame::Presentation')
    .map(({ ts }) => ts / 1000)
    .sort((first, second) => first - second);
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  return {
    longestTaskMs: round(Math.max(0, ...tasks)),
    tasksOver50Ms: tasks.filter((ms) => ms > 50).length,
    frames: frames.length,
    longestFrameMs: round(Math.max(0, ...gaps)),
    framesOver50Ms: gaps.filter((ms) => ms > 50).length,
  };
}
