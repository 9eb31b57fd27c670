import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../../shared/api/errors';
import type { CompanionPage, PairingCode } from '../../../../shared/domain/companion-page';
import { companionManifestSchema } from '../../../../shared/domain/companion-protocol';
import type { Device, DeviceId } from '../../../../shared/domain/device';
import { companionTarget } from '../../../../shared/domain/deployment';
import { openJsonFile } from '../../json-file';
import type { Logger } from '../../logger';
import type { DeviceTransport } from '../device-transport';
import { type OwnNames, ownNames } from './certificate/own-names';
import { createPageCertificates } from './certificate/page-certificate';
import { createEventStreams } from './event-streams';
import { createLocalFolder } from './local-folder';
import { openPageFiles } from './page-files';
import { type PageServers, startPageServers } from './page-servers';
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
  /** How the network calls this computer. Default: what the system says. */
  names?(): OwnNames;
}

/** Phones that are reached through a page in their browser, and the server of that page. */
export interface BrowserPhones extends DeviceTransport {
  readonly platform: 'browser';
  state(): CompanionPage;
  /**
   * @param options `https` with `wifi` only: the network's part is encrypted.
   * @throws AppError 'not-found' when the page is not built, 'busy' when no port is free, 'not-writable' when the
   * certificate can't be kept.
   */
  turnOn(options: { wifi: boolean; https: boolean }): Promise<void>;
  turnOff(): Promise<void>;
  /** Makes the certificate anew first where that is due. @throws AppError 'not-ready' while it is off. */
  offer(): Promise<PairingCode>;
  revoke(id: DeviceId): Promise<void>;
  /** @returns the function that stops it. */
  onChange(listener: () => void): () => void;
}

/** Tried first, so that phones find their page, and what it keeps offline, at the same address. */
const usualPort = 4748;
const minute = 60_000;
/** A page that is on for weeks must not outlive its certificate, and a laptop finds itself in other networks. */
const renewEveryMs = 10 * minute;

export function createBrowserPhones({
  folder,
  pageFolder,
  log,
  port: askedPort,
  now = () => new Date(),
  names = ownNames,
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
  const certificates = createPageCertificates({ file: join(folder, 'certificate.pem'), log, now });
  const nameList = () => {
    const { addresses, localName } = names();
    return [...addresses, ...(localName === undefined ? [] : [localName])];
  };
  let running: { servers: PageServers; wifi: boolean; renewing: NodeJS.Timeout } | undefined;

  /** One at a time: two switches at once would leave a server behind. */
  let switching = Promise.resolve();
  function inTurn(work: () => Promise<void>): Promise<void> {
    const turn = switching.then(work);
    switching = turn.catch(() => undefined);
    return turn;
  }

  async function start({ wifi, https }: { wifi: boolean; https: boolean }): Promise<void> {
    const page = await openPageFiles(pageFolder);
    const limits = {
      pairing: createRateLimit({ count: 20, perMs: minute }, now),
      // A measurement reads each photo once a model, as fast as the phone answers.
      reading: createRateLimit({ count: 3000, perMs: minute }, now),
      sending: createRateLimit({ count: 60, perMs: minute }, now),
    };
    const context = {
      ...{ page, phones, streams, folderOf, limits, onPaired: changed },
      onFeedback(phone: DeviceId) {
        for (const listener of feedbackListeners) listener(phone);
      },
    };
    const servers = await startPageServers({
      ...{ wifi, context, log, names: nameList },
      certificate: https ? await certificates.open(names()) : undefined,
      ports: askedPort === undefined ? [usualPort, 0] : [askedPort],
    });
    const renewing = setInterval(() => {
      renewCertificate().catch((error: unknown) =>
        log.error('The page’s certificate can’t be renewed', error),
      );
    }, renewEveryMs).unref();
    running = { servers, wifi, renewing };
  }

  /** Where this computer has got another address, or the certificate is about to expire. */
  async function renewCertificate(): Promise<void> {
    const before = running?.servers.secure?.certificate;
    if (!before) return;
    const certificate = await certificates.open(names());
    if (certificate.facts.sha256 === before.facts.sha256) return;
    running?.servers.useCertificate(certificate);
    changed();
  }

  async function stop(): Promise<void> {
    if (!running) return;
    const { servers, renewing } = running;
    clearInterval(renewing);
    running = undefined;
    phones.withdrawOffers();
    streams.close();
    await servers.close();
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
      ...(running ? { location: `port ${running.servers.port}` } : {}),
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
      ...(running ? portsOf(running.servers) : {}),
      phones: phones.list().map(({ id, name, pairedAt, expiresAt }) => ({
        id,
        name,
        pairedAt,
        expiresAt,
        isConnected: streams.isConnected(id),
        models: modelsIn(folderOf(id)),
      })),
    }),
    turnOn: ({ wifi, https }) =>
      inTurn(async () => {
        const isSo = running?.wifi === wifi && (running.servers.secure !== undefined) === https;
        if (isSo) return;
        await stop();
        await start({ wifi, https });
        changed();
      }),
    turnOff: () =>
      inTurn(async () => {
        await stop();
        changed();
      }),
    async offer() {
      if (!running) {
        throw new AppError('not-ready', 'The page for phones is off.', 'Turn it on first.');
      }
      const { servers, wifi } = running;
      await renewCertificate();
      const { token, expiresAt } = phones.offer();
      const link = (origin: string) => `${origin}/#pair=${token}`;
      const { port, secure } = servers;
      const origins = secure
        ? nameList().map((name) => `https://${name}:${secure.port}`)
        : names().addresses.map((address) => `http://${address}:${port}`);
      return {
        port,
        cableLink: link(`http://localhost:${port}`),
        wifiLinks: wifi ? origins.map(link) : [],
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

/** By the manifest of the last push, which may be that of any project. */
function modelsIn(folder: string): string[] {
  const file = openJsonFile(
    join(folder, 'manifest.json'),
    companionManifestSchema.pick({ active: true, models: true }).optional(),
    undefined,
    () => undefined,
  );
  const { active, models = [] } = file.read() ?? {};
  const hashes = models.map(({ sha256 }) => sha256);
  return active === undefined ? [] : [active, ...hashes.filter((hash) => hash !== active)];
}

function portsOf({ port, secure }: PageServers): Pick<CompanionPage, 'port' | 'https'> {
  if (!secure) return { port };
  return { port, https: { port: secure.port, certificate: secure.certificate.facts } };
}
