import { createServer } from 'node:http';
import type { StudioApp } from '../../app/studio-app';
import { answerRequests } from '../../platform/http/answer-requests';
import { listen } from '../../platform/http/listen';
import type { Logger } from '../../platform/logger';
import { createAccess } from './access';
import { answerRequest } from './answer-request';
import { serveRpcSocket } from './rpc-socket';
import { openStaticFiles } from './static-files';

export interface WebHostOptions {
  app: StudioApp;
  /** The built interface, with `index.html` in it. */
  rendererFolder: string;
  /** 0 takes any free one. */
  port: number;
  log: Logger;
  /** A file; default 2 GiB. */
  maximumUploadBytes?: number;
  heartbeatMs?: number;
}

export interface WebHost {
  /** The link to open, with its secret. */
  url: string;
  port: number;
  /** Drops every tab. The app lives on: whoever made it disposes it. */
  close(): Promise<void>;
}

/**
 * Serves the studio to browsers on this machine: the interface, media, uploads, and the rpc
 * protocol on a WebSocket. Listens on 127.0.0.1 only.
 * @throws AppError 'busy' when the port is taken, 'not-found' when the interface is not built.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { app, log, maximumUploadBytes = 2 * 2 ** 30, heartbeatMs = 20_000 } = options;
  const files = await openStaticFiles(options.rendererFolder);
  // An upload of many gigabytes takes longer than any limit on a whole request.
  const server = createServer({ requestTimeout: 0 });
  const port = await listen(server, { port: options.port, address: '127.0.0.1' });
  const access = createAccess(port);

  answerRequests(server, log, (request) =>
    answerRequest({ app, access, files, maximumUploadBytes }, request),
  );

  const closeSockets = serveRpcSocket({
    server,
    heartbeatMs,
    connect: (channel) => app.connect(channel),
    check(request) {
      access.checkHost(request);
      access.checkOrigin(request, { required: true });
      access.checkSignedIn(request);
    },
  });

  return {
    url: access.link,
    port,
    async close() {
      closeSockets();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
