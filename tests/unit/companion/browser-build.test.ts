import { browserBuild } from '@companion/engine/browser-build';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// Node 20 hides what threads need.
vi.mock('@main/engine/runtime/web-assembly', () => ({ hasRelaxedSimd: () => true }));

/** A worker of an isolated page; `start` is what the glue of a build gives. */
function inWorker(start: (build: string) => Promise<object>) {
  const scope = {
    importScripts(url: string) {
      Object.assign(scope, { ModuleFactory: () => start(url) });
    },
  };
  vi.stubGlobal('self', scope);
  vi.stubGlobal('crossOriginIsolated', true);
  vi.stubGlobal('navigator', { hardwareConcurrency: 8 });
  vi.stubGlobal('location', { origin: 'https://192.168.1.5:4749' });
  vi.stubGlobal('fetch', async () => new Response(new Uint8Array(4)));
}

describe('the build with threads', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is given up when its threads never start, so that the one without can be taken', async () => {
    const setupLogging = vi.fn();
    inWorker((url) =>
      url.includes('threaded') ? new Promise(() => undefined) : Promise.resolve({ setupLogging }),
    );
    const build = browserBuild();
    expect(build.threads).toBe(4);
    const hung = expect(build.loadModule(() => undefined)).rejects.toThrow(
      'not started within 10000 ms',
    );
    await vi.advanceTimersByTimeAsync(10_000);
    await hung;
    const other = browserBuild({ threads: false });
    expect(other.threads).toBe(1);
    await other.loadModule(() => undefined);
    expect(setupLogging).toHaveBeenCalled();
  });

  it('is not waited for once it has started', async () => {
    inWorker(async () => ({ setupLogging: () => undefined }));
    await browserBuild().loadModule(() => undefined);
    expect(vi.getTimerCount()).toBe(0);
  });
});
