import type { MediaResponse, StudioApp } from '@main/app/studio-app';
import type { Staging } from '@main/platform/staging';
import type { Emit, Handlers } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import { createLoopback } from '@shared/rpc/channel';
import { createClient } from '@shared/rpc/client';
import { createServer } from '@shared/rpc/server';
import { createFakeHandlers } from './fake-handlers';

export interface FakeStaging extends Staging {
  readonly staged: Map<string, string[]>;
  readonly places: Map<string, string>;
  /** `upload id/relative path` to what was received whole. */
  readonly received: Map<string, Buffer>;
  readonly discarded: string[];
}

export interface FakeStudio extends StudioApp {
  staging: FakeStaging;
  emit: Emit;
  readonly defects: unknown[];
  /** What was asked of media, in order. */
  readonly mediaPaths: string[];
  readonly opened: string[];
  disposals: number;
}

export interface FakeStudioOptions {
  handlers?: Partial<Handlers>;
  media?: Readonly<Record<string, MediaResponse>>;
}

/** A StudioApp for tests of hosts: the real rpc server over handlers and media of the test. */
export function createFakeStudio({
  handlers = {},
  media = {},
}: FakeStudioOptions = {}): FakeStudio {
  const defects: unknown[] = [];
  const mediaPaths: string[] = [];
  const opened: string[] = [];
  const all = createFakeHandlers(handlers);
  const server = createServer({
    handlers: all,
    onDefect: (_, error) => defects.push(error),
  });
  return {
    handlers: all,
    connect: (channel) => server.connect(channel),
    client() {
      const [clientEnd, serverEnd] = createLoopback();
      server.connect(serverEnd);
      return createClient(clientEnd);
    },
    media(path) {
      mediaPaths.push(path);
      return Promise.resolve(Object.hasOwn(media, path) ? media[path] : undefined);
    },
    staging: createFakeStaging(),
    emit: (name, payload) => server.emit(name, payload),
    defects,
    mediaPaths,
    opened,
    disposals: 0,
    openProject(folder) {
      opened.push(folder);
      return Promise.resolve();
    },
    createProject(folder) {
      opened.push(folder);
      return Promise.resolve();
    },
    dispose() {
      this.disposals += 1;
      return Promise.resolve();
    },
  };
}

function createFakeStaging(): FakeStaging {
  const staged = new Map<string, string[]>();
  const places = new Map<string, string>();
  const received = new Map<string, Buffer>();
  const discarded: string[] = [];
  let next = 1;
  const keep = <Value>(map: Map<string, Value>, kind: string, value: Value) => {
    const id = `${kind}-${next++}`;
    map.set(id, value);
    return id;
  };
  const unknown = () => new AppError('not-found', 'Nothing was staged under this id.');
  return {
    staged,
    places,
    received,
    discarded,
    stagePaths: (paths) => keep(staged, 'source', [...paths]),
    stagePlace: (folder) => keep(places, 'place', folder),
    openUpload: () => keep(staged, 'upload', []),
    async receiveFile(uploadId, relativePath, body) {
      if (!staged.has(uploadId)) throw unknown();
      if (relativePath.split('/').includes('..')) {
        throw new AppError('upload-refused', 'This path leaves the upload.');
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      received.set(`${uploadId}/${relativePath}`, Buffer.concat(chunks));
    },
    source(id) {
      const paths = staged.get(id);
      if (!paths) throw unknown();
      return { paths, uploaded: id.startsWith('upload') };
    },
    place(id) {
      const folder = places.get(id);
      if (folder === undefined) throw unknown();
      return folder;
    },
    discard(id) {
      discarded.push(id);
      staged.delete(id);
      return Promise.resolve();
    },
    dispose: () => Promise.resolve(),
  };
}
