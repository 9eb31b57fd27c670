import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createTlsServer, type Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { AppError } from '../../../../shared/api/errors';
import { answerRequests } from '../../http/answer-requests';
import { listen } from '../../http/listen';
import type { Logger } from '../../logger';
import { answerPhone, type PhoneContext } from './answer-phone';
import type { PageCertificate } from './certificate/page-certificate';
import { createPageAccess } from './page-access';

/** One or two servers of the same page. */
export interface PageServers {
  /** For cables and this computer; the network's, too, where that is not encrypted. */
  readonly port: number;
  /** The network's own, where it is encrypted. */
  readonly secure: { readonly port: number; readonly certificate: PageCertificate } | undefined;
  /** New connections are encrypted with this one. */
  useCertificate(certificate: PageCertificate): void;
  close(): Promise<void>;
}

export interface PageServersOptions {
  /** Phones in the network reach it, not only those on a cable. */
  wifi: boolean;
  /** Encrypts what the network carries; the cable's part stays as it is. */
  certificate: PageCertificate | undefined;
  /** Tried in their order; 0: any free one. The network's own, where it has one, is looked for beside. */
  ports: readonly number[];
  /** Names and addresses by which the network calls this computer. */
  names(): readonly string[];
  context: Omit<PhoneContext, 'access' | 'rootCertificate'>;
  log: Logger;
}

const requestTimeout = 60_000;
/** Whoever connects and then says nothing is not waited for. */
const handshakeTimeout = 10_000;
const mostConnections = 100;

/** @throws AppError 'busy' when no port is free. */
export async function startPageServers({
  wifi,
  certificate,
  ports,
  names,
  context,
  log,
}: PageServersOptions): Promise<PageServers> {
  let used = certificate;
  const isPlain = wifi && !certificate;
  const cable = await open(() => createServer({ requestTimeout }), ports, isPlain);
  const serve = ({ server, port }: Opened, scheme: 'http' | 'https', isOpen: boolean) => {
    const addresses = () => (isOpen ? names() : []);
    const access = createPageAccess({ scheme, port, addresses, phones: context.phones });
    const own: PhoneContext = {
      ...context,
      access,
      ...(scheme === 'https' && used ? { rootCertificate: () => used?.root ?? '' } : {}),
    };
    answerRequests(server, log, (request) => answerPhone(own, request));
  };
  serve(cable, 'http', isPlain);
  let network: Opened<HttpsServer> | undefined;
  if (wifi && certificate) {
    try {
      network = await open(
        () => createTlsServer({ ...tlsOf(certificate), requestTimeout, handshakeTimeout }),
        ports.map((port) => (port === 0 ? 0 : port + 1)),
        true,
      );
    } catch (error) {
      await cable.close();
      throw error;
    }
    serve(network, 'https', true);
  }
  return {
    port: cable.port,
    get secure() {
      return network && used && { port: network.port, certificate: used };
    },
    useCertificate(next) {
      used = next;
      network?.server.setSecureContext(tlsOf(next));
    },
    async close() {
      await Promise.all([cable.close(), network?.close()]);
    },
  };
}

const tlsOf = ({ key, certificate }: PageCertificate) => ({ key, cert: certificate });

interface Opened<Server extends HttpServer | HttpsServer = HttpServer | HttpsServer> {
  server: Server;
  port: number;
  close(): Promise<void>;
}

async function open<Server extends HttpServer | HttpsServer>(
  create: () => Server,
  ports: readonly number[],
  toNetwork: boolean,
): Promise<Opened<Server>> {
  const address = toNetwork ? '0.0.0.0' : '127.0.0.1';
  for (const [index, asked] of ports.entries()) {
    const server = create();
    server.maxConnections = mostConnections;
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    try {
      const port = await listen(server, { port: asked, address });
      return { server, port, close: () => close(server, sockets) };
    } catch (error) {
      const isTaken = error instanceof AppError && error.code === 'busy';
      if (!isTaken || index === ports.length - 1) throw error;
    }
  }
  throw new AppError('busy', 'There is no free port for the page.');
}

/** Those in the middle of a handshake are no requests yet, and would be waited for. */
async function close(server: HttpServer | HttpsServer, sockets: Set<Socket>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await closed;
}
