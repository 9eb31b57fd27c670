import { createServer, type IncomingMessage, type Server } from 'node:http';
import { AppError } from '../../../shared/api/errors';
import type { StudioApp } from '../../app/studio-app';
import type { Logger } from '../../platform/logger';
import { createAccess } from './access';
import { answerRequest } from './answer-request';
import { answerError, respond } from './respond';
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
  const port = await listen(server, options.port);
  const access = createAccess(port);

  server.on('request', (request, response) => {
    answerRequest({ app, access, files, maximumUploadBytes }, request)
      .catch((error: unknown) => {
        if (!(error instanceof AppError) && !wasAborted(request)) {
          log.error(`${request.method} ${request.url?.split('?')[0]} failed`, error);
        }
        return answerError(error);
      })
      .then((answer) => respond(request, response, answer))
      .catch((error: unknown) => {
        log.error('An answer could not be sent', error);
        response.destroy();
      });
  });

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

const wasAborted = (request: IncomingMessage) => request.destroyed && !request.complete;

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return reject(error);
      reject(
        new AppError(
          'busy',
          `Port ${port} can't be used: another program has it.`,
          'Choose another with --port, or any free one with --port 0.',
          { cause: error },
        ),
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
