import { keepingOf, outdated, outdatedParts } from './kept';

/** The parts of a service worker's global scope that are used here; the DOM's types have none. */
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface ServiceWorkerScope {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}

const scope = self as unknown as ServiceWorkerScope;
const cacheName = 'pocketlens-page';

scope.addEventListener('install', (event) => {
  event.waitUntil(keepPage().then(() => scope.skipWaiting()));
});

scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  const keeping = keepingOf(pathname);
  if (keeping === 'kept-first') event.respondWith(keptFirst(request));
  if (keeping === 'studio-first') event.respondWith(studioFirst(request, pathname));
});

/** The page itself was loaded before there was a service worker: what it is made of is read from it. */
async function keepPage(): Promise<void> {
  const cache = await caches.open(cacheName);
  const page = await fetch('/');
  const html = await page.clone().text();
  await putPage(cache, page);
  const parts = [...html.matchAll(/(?:src|href)="\.?(\/[^"]+)"/g)].map(([, path]) => path ?? '/');
  await cache.addAll(parts);
}

/** A newer studio has another page, which loads its own parts: those of the one before are not asked for again. */
async function putPage(cache: Cache, page: Response): Promise<void> {
  const html = await page.clone().text();
  const before = await cache.match('/');
  const isOther = before !== undefined && (await before.text()) !== html;
  await cache.put('/', page);
  if (isOther) await remove(cache, (paths) => outdatedParts(paths, html));
}

async function keptFirst(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}

async function studioFirst(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  let answer: Response;
  try {
    answer = await fetch(request);
  } catch (error) {
    const kept = await cache.match(path);
    if (kept) return kept;
    throw error;
  }
  if (answer.ok) {
    if (path === '/') await putPage(cache, answer.clone());
    else await cache.put(path, answer.clone());
    if (path === '/files/manifest.json') {
      const manifest = await answer.clone().text();
      await remove(cache, (paths) => outdated(paths, manifest));
    }
  }
  // A phone whose access was revoked keeps nothing of the studio's.
  if (answer.status === 403) {
    await remove(cache, (paths) => paths.filter((kept) => kept.startsWith('/files/')));
  }
  return answer;
}

async function remove(cache: Cache, which: (paths: string[]) => string[]): Promise<void> {
  const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  await Promise.all(which(paths).map((path) => cache.delete(path)));
}
