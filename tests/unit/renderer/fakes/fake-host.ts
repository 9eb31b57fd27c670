import type { StudioHost } from '@renderer/host/studio-host';
import { type Channel, createLoopback } from '@shared/rpc/channel';
import { createServer } from '@shared/rpc/server';
import type { FakeProgram } from './fake-program';

export interface FakeHost extends StudioHost {
  /** Cuts the connection, as a program that ended would. */
  drop(): void;
  /** What `openChannel` does next; without it the program answers. */
  unreachable: boolean;
  /** Photos that were taken in the window and handed over. */
  shots: File[];
}

/** A window into a fake program over the real protocol. */
export function createFakeHost(program: FakeProgram): FakeHost {
  const server = createServer({
    handlers: program.handlers,
    onDefect: (_method, error) => {
      throw error;
    },
  });
  program.emit = server.emit;
  let current: Channel | undefined;
  const host: FakeHost = {
    kind: 'web',
    unreachable: false,
    shots: [],
    async openChannel() {
      if (host.unreachable) throw new Error('unreachable');
      const [near, far] = createLoopback();
      server.connect(far);
      current = near;
      return near;
    },
    drop: () => current?.close(),
    mediaUrl: (path) => `/media/${path}`,
    stageDrop: async () => 'source-1',
    chooseSources: async () => 'source-1',
    async stageShots(files) {
      host.shots.push(...files);
      return 'source-2';
    },
  };
  return host;
}
