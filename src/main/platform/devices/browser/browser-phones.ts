import { createServer, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { AppError } from '../../../../shared/api/errors';
import type { CompanionPage, PairingCode } from '../../../../shared/domain/companion-page';
import type { Device, DeviceId } from '../../../../shared/domain/device';
import { companionTarget } from '../../../../shared/domain/deployment';
import { answerRequests } from '../../http/answer-requests';
import { listen } from '../../http/listen';
import { openJsonFile } from '../../json-file';
import type { Logger } from '../../logger';
import type { DeviceTransport } from '../device-transport';
import { answerPhone } from './answer-phone';
import { createEventStreams } from './event-streams';
import { createLocalFolder } from './local-folder';
import { createPageAccess } from './page-access';
import { openPageFiles } from './page-files';
import { createPairedPhones, phoneRecordsSchema } from './paired-phones';
import { createRateLimit } from './rate-limit';

export interface BrowserPhonesOptions {
  /** Records of phones, and a folder for each. Made when needed. */
  folder: string;
  /** The built page. */
  pageFolder: string | undefined;
  log: Logger;
  /** Default: the usual one, or any free one when that is taken. */
  port?: number;
  now?(): Date;
}

/** Phones that are reached through a page in their browser, and the server of that page. */
export interface BrowserPhones extends DeviceTransport {
  readonly platform: 'browser';
  state(): CompanionPage;
  /** @throws AppError 'not-found' when the page is not built, 'busy' when no port is free. */
  turnOn(options: { wifi: boolean }): Promise<void>;
  turnOff(): Promise<void>;
  /** @throws AppError 'not-ready' while it is off. */
  offer(): PairingCode;
  revoke(id: DeviceId): Promise<void>;
  /** @returns the function that stops it. */
  onChange(listener: () => void): () => void;
}

/** Tried first, so that phones find their page, and what it keeps offline, at the same address. */
const usualPort = 4748;
const minute = 60_000;

export function createBrowserPhones({
  folder,
  pageFolder,
  log,
  port: askedPort,
  now = () => new Date(),
}: BrowserPhonesOptions): BrowserPhones {
  const listeners = new Set<() => void>();
  const feedbackListeners = new Set<(id: DeviceId) => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const phones = createPairedPhones({
    records: openJsonFile(join(folder, 'phones.json'), phoneRecordsSchema, [], (error) =>
      log.error('The list of paired phones can’t be read', error),
    ),
    now,
  });
  const streams = createEventStreams(changed);
  const folderOf = (id: DeviceId) => join(folder, id.replace(/^browser:/, ''));
  let running: { server: Server; port: number; wifi: boolean } | undefined;

  /** One at a time: two switches at once would leave a server behind. */
  let switching = Promise.resolve();
  function inTurn(work: () => Promise<void>): Promise<void> {
    const turn = switching.then(work);
    switching = turn.catch(() => undefined);
    return turn;
  }

  async function start(wifi: boolean): Promise<void> {
    const page = await openPageFiles(pageFolder);
    const address = wifi ? '0.0.0.0' : '127.0.0.1';
    const { server, port } = await open(address);
    const access = createPageAccess({
      port,
      addresses: () => (wifi ? ownAddresses() : []),
      phones,
    });
    const limits = {
      pairing: createRateLimit({ count: 20, perMs: minute }, now),
      // A measurement reads each photo once a model, as fast as the phone answers.
      reading: createRateLimit({ count: 3000, perMs: minute }, now),
      sending: createRateLimit({ count: 60, perMs: minute }, now),
    };
    const context = {
      ...{ access, page, phones, streams, folderOf, limits, onPaired: changed },
      onFeedback(phone: DeviceId) {
        for (const listener of feedbackListeners) listener(phone);
      },
    };
    answerRequests(server, log, (request) => answerPhone(context, request));
    running = { server, port, wifi };
  }

  async function open(address: string): Promise<{ server: Server; port: number }> {
    for (const port of askedPort === undefined ? [usualPort, 0] : [askedPort]) {
      const server = createServer({ requestTimeout: minute });
      server.maxConnections = 100;
      try {
        return { server, port: await listen(server, { port, address }) };
      } catch (error) {
        const isTaken = error instanceof AppError && error.code === 'busy';
        if (!isTaken || askedPort !== undefined || port === 0) throw error;
      }
    }
    throw new AppError('busy', 'There is no free port for the page.');
  }

  async function stop(): Promise<void> {
    if (!running) return;
    const { server } = running;
    running = undefined;
    phones.withdrawOffers();
    streams.close();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  const connected = (): Device[] =>
    phones
      .list()
      .filter(({ id }) => streams.isConnected(id))
      .map(({ id, name }) => ({
        id,
        platform: 'browser',
        state: 'ready',
        name,
        connection: 'browser',
      }));

  return {
    platform: 'browser',
    tool: async () => ({
      name: 'browser',
      state: 'ready',
      ...(running ? { location: `port ${running.port}` } : {}),
    }),
    list: async () => connected(),
    watch(listener) {
      const tell = () => listener(connected());
      listeners.add(tell);
      tell();
      return () => listeners.delete(tell);
    },
    onFeedback(listener) {
      feedbackListeners.add(listener);
      return () => feedbackListeners.delete(listener);
    },
    appPresence: async () => 'ready',
    // It is open already: only what is open is there.
    launch: async () => undefined,
    async openFolder(id, place) {
      if (!connected().some((phone) => phone.id === id)) {
        throw new AppError(
          'device-gone',
          'The page is not open on this phone.',
          'Open it there (by its code on the Deploy page), and push again.',
        );
      }
      const own = companionTarget.place;
      if (place.kind !== 'app' || own.kind !== 'app' || place.appId !== own.appId) {
        throw new AppError(
          'app-missing',
          'A browser runs the studio’s own page only, not other apps.',
          'Push to Pocketlens companion.',
        );
      }
      return createLocalFolder({
        root: folderOf(id),
        onPut: (name) => streams.send(id, 'files', name),
      });
    },
    async openPhotos() {
      throw new AppError(
        'device-refused',
        'A browser does not show the phone’s photos to the studio.',
        'Connect the phone by cable.',
      );
    },
    state: () => ({
      isOn: running !== undefined,
      wifi: running?.wifi ?? false,
      ...(running ? { port: running.port } : {}),
      phones: phones.list().map(({ id, name, pairedAt, expiresAt }) => ({
        id,
        name,
        pairedAt,
        expiresAt,
        isConnected: streams.isConnected(id),
      })),
    }),
    turnOn: ({ wifi }) =>
      inTurn(async () => {
        if (running?.wifi === wifi) return;
        await stop();
        await start(wifi);
        changed();
      }),
    turnOff: () =>
      inTurn(async () => {
        await stop();
        changed();
      }),
    offer() {
      if (!running) {
        throw new AppError('not-ready', 'The page for phones is off.', 'Turn it on first.');
      }
      const { token, expiresAt } = phones.offer();
      const { port, wifi } = running;
      const link = (name: string) => `http://${name}:${port}/#pair=${token}`;
      return {
        port,
        cableLink: link('localhost'),
        wifiLinks: wifi ? ownAddresses().map(link) : [],
        expiresAt,
      };
    },
    async revoke(id) {
      await phones.revoke(id);
      streams.send(id, 'revoked');
      streams.close(id);
      await rm(folderOf(id), { recursive: true, force: true });
      changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => inTurn(stop),
  };
}

/** By which phones in the same network reach this computer. */
const ownAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
