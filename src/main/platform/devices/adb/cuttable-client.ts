import { createRequire } from 'node:module';
import type * as adbkit from '@devicefarmer/adbkit';
import type Connection from '@devicefarmer/adbkit/dist/src/adb/connection';
import type { AdbServer } from './adb-server';

// CommonJS whose names Node can't see when it is imported.
const { Client } = createRequire(import.meta.url)('@devicefarmer/adbkit') as typeof adbkit;

/** adbkit's client, remembering its connections so that all of them can be cut. */
export class CuttableClient extends Client {
  readonly #connections: Connection[] = [];
  #isCut = false;

  constructor({ host, port }: Pick<AdbServer, 'host' | 'port'>) {
    super({ host, port, bin: 'adb' });
    // Errors of connections that nobody listens to would end the program.
    this.on('error', () => undefined);
  }

  override connection() {
    return super.connection().then((connection) => {
      if (this.#isCut) connection.socket.destroy();
      this.#connections.push(connection);
      return connection;
    });
  }

  /** The connection that was made last. */
  get newest(): Connection {
    const newest = this.#connections.at(-1);
    if (!newest) throw new Error('Connection closed: there is none yet');
    return newest;
  }

  /** adbkit's own cancel ends as if all had been sent, so sockets are destroyed instead. */
  cut(): void {
    this.#isCut = true;
    for (const { socket } of this.#connections) socket.destroy();
  }
}
