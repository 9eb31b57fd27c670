import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWebHost, type WebHost } from '@main/host/web/start-web-host';
import { createFakeLogger, type FakeLogger } from './fake-logger';
import { createFakeStudio, type FakeStudio, type FakeStudioOptions } from './fake-studio';

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  /** Of an error answer. */
  json(): { code?: string; message?: string; remedy?: string; sourceId?: string };
}

export interface VisitOptions {
  method?: string;
  /** Instead of a signed-in page's own; undefined leaves one out. */
  headers?: Record<string, string | undefined>;
  body?: Uint8Array | string;
}

export interface WebVisitor {
  host: WebHost;
  app: FakeStudio;
  log: FakeLogger;
  cookie: string;
  token: string;
  origin: string;
  rendererFolder: string;
  /** Sends `target` as it is (fetch would tidy `..` away), with a signed-in page's headers. */
  visit(target: string, options?: VisitOptions): Promise<Reply>;
  close(): Promise<void>;
}

/** A web host on a free port over a fake studio, and a browser that is signed in to it. */
export async function createWebVisitor(
  options: FakeStudioOptions & { maximumUploadBytes?: number; heartbeatMs?: number } = {},
): Promise<WebVisitor> {
  const folder = await mkdtemp(join(tmpdir(), 'web-host-'));
  const rendererFolder = join(folder, 'renderer');
  await mkdir(join(rendererFolder, 'assets'), { recursive: true });
  await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>Studio</title>');
  await writeFile(join(rendererFolder, 'assets', 'index-abc123.js'), 'export {};');
  await writeFile(join(folder, 'outside.txt'), 'outside');

  const app = createFakeStudio(options);
  const log = createFakeLogger();
  const host = await startWebHost({ app, rendererFolder, port: 0, log, ...options });
  const origin = `http://127.0.0.1:${host.port}`;
  const token = new URLSearchParams(new URL(host.url).hash.slice(1)).get('token') ?? '';
  const visitor: WebVisitor = {
    host,
    app,
    log,
    cookie: '',
    token,
    origin,
    rendererFolder,
    visit: (target, visitOptions = {}) =>
      send(host.port, target, {
        ...visitOptions,
        headers: { cookie: visitor.cookie, origin, ...visitOptions.headers },
      }),
    async close() {
      await host.close();
      await rm(folder, { recursive: true });
    },
  };
  const entered = await visitor.visit('/session', {
    method: 'POST',
    body: JSON.stringify({ token }),
  });
  visitor.cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  return visitor;
}

function send(port: number, path: string, options: VisitOptions): Promise<Reply> {
  const given = Object.entries(options.headers ?? {}).filter(([, value]) => value !== undefined);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        port,
        host: '127.0.0.1',
        path,
        method: options.method ?? 'GET',
        headers: Object.fromEntries(given) as Record<string, string>,
        agent: false,
      },
      (incoming) => {
        const chunks: Uint8Array[] = [];
        incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk));
        incoming.on('end', () => {
          const body = Buffer.concat(chunks);
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body,
            json: () => JSON.parse(body.toString('utf8')),
          });
        });
        incoming.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}
