import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { ByteQueue, commands, encodePacket, maxPayload, type Packet, takePacket } from './packets';
import { createPhoneFiles, type PhoneFiles } from './phone-files';
import { type PhoneProperties, runOnPhone } from './phone-shell';
import { createStream, type PhoneStream } from './phone-stream';
import { createSyncService } from './sync-service';

export interface AndroidPhoneOptions extends Partial<PhoneProperties> {
  /** Where its disk lies. */
  folder: string;
  /** Installed, and started once. */
  apps?: readonly string[];
  /** Installed, but never started. */
  newApps?: readonly string[];
  /** It asks on its screen whether this computer may. */
  asks?: boolean;
}

/** A function is called in place of pulling or freezing it. */
type Trouble = 'cut' | 'stall' | (() => void);

export interface AndroidPhone {
  /** `127.0.0.1:port`, for `adb connect`. */
  readonly address: string;
  readonly files: PhoneFiles;
  /** Bytes that came from the computer since it was made. */
  readonly received: number;
  /** `remote;local` of each port that was reversed. */
  readonly reversed: readonly string[];
  /** Waited before each packet is looked at. */
  delayMs: number;
  /** Someone taps Allow. */
  accept(): void;
  /** It asks again, as after “Revoke USB debugging authorizations”. */
  forget(): void;
  /** Something happens once so many more bytes have come. */
  after(bytes: number, trouble: Trouble): void;
  /** Pulled out, and not to be reached until `plugIn`. */
  pull(): void;
  plugIn(): void;
  /** It takes connections, but never says a word. */
  isMute: boolean;
  startApp(appId: string): void;
  /** Gone with its files. */
  uninstall(appId: string): void;
  dispose(): Promise<void>;
}

/** An Android phone as the real adb server sees it over TCP. */
export async function startAndroidPhone(options: AndroidPhoneOptions): Promise<AndroidPhone> {
  const { folder, apps = [], newApps = [] } = options;
  const installed = new Set([...apps, ...newApps]);
  const phone: PhoneProperties = {
    serial: 'SIM0001',
    maker: 'Google',
    model: 'Pixel 8',
    osVersion: '15',
    ...options,
  };
  const files = createPhoneFiles(folder);
  const sockets = new Set<Socket>();
  const connections = new Set<{ accept(): void }>();
  let isAllowed = options.asks !== true;
  let isOut = false;
  let isFrozen = false;
  let received = 0;
  const reversed: string[] = [];
  let planned: { at: number; trouble: Trouble } | undefined;

  const startApp = (appId: string) => {
    installed.add(appId);
    mkdirSync(files.local(`/sdcard/Android/data/${appId}/files`), { recursive: true });
  };
  apps.forEach(startApp);

  const server = createServer((socket) => {
    if (isOut) return void socket.destroy();
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    const connection = serveConnection(socket);
    connections.add(connection);
    socket.on('close', () => {
      sockets.delete(socket);
      connections.delete(connection);
      connection.close();
    });
  });

  function pull(): void {
    isOut = true;
    planned = undefined;
    for (const socket of sockets) socket.destroy();
  }

  function serveConnection(socket: Socket) {
    const queue = new ByteQueue();
    const streams = new Map<number, PhoneStream>();
    let nextId = 1;
    let isConnected = false;
    let turn = Promise.resolve();

    const send = (packet: Packet) => {
      if (!isFrozen && !socket.destroyed) socket.write(encodePacket(packet));
    };
    const empty = Buffer.alloc(0);
    const introduce = () => {
      isConnected = true;
      const banner = `device::ro.product.name=sim;ro.product.model=${phone.model};ro.product.device=sim;features=cmd`;
      send({
        command: commands.CNXN,
        arg0: 0x01000000,
        arg1: maxPayload,
        payload: Buffer.from(`${banner}\0`),
      });
    };
    const askForKey = () =>
      send({ command: commands.AUTH, arg0: 1, arg1: 0, payload: Buffer.alloc(20, 7) });

    function open({ arg0: remote, payload }: Packet): void {
      const name = payload.toString('utf8').replace(/\0$/, '');
      const local = nextId++;
      const stream = createStream((bytes) =>
        send({ command: commands.WRTE, arg0: local, arg1: remote, payload: bytes }),
      );
      const close = () => {
        if (!streams.delete(local)) return;
        stream.closed();
        send({ command: commands.CLSE, arg0: local, arg1: remote, payload: empty });
      };
      stream.onDrained = close;
      if (!attach(name, stream)) {
        return send({ command: commands.CLSE, arg0: 0, arg1: remote, payload: empty });
      }
      streams.set(local, stream);
      send({ command: commands.OKAY, arg0: local, arg1: remote, payload: empty });
    }

    function attach(name: string, stream: PhoneStream): boolean {
      if (name === 'sync:') {
        const sync = createSyncService(files, stream.write, stream.end);
        stream.data = sync.data;
        stream.closed = sync.close;
        return true;
      }
      const reverse = /^reverse:forward:(.+)$/.exec(name)?.[1];
      if (reverse !== undefined) {
        reversed.push(reverse);
        // Once the stream is open.
        setImmediate(() => {
          stream.write(Buffer.from('OKAY'));
          stream.end();
        });
        return true;
      }
      if (!name.startsWith('shell:')) return false;
      const parts = { files, apps: [...installed], phone };
      const stop = runOnPhone(name.slice('shell:'.length), parts, {
        output: stream.write,
        ended: stream.end,
      });
      stream.closed = stop;
      return true;
    }

    function handle(packet: Packet): void {
      const { command, arg0, arg1, payload } = packet;
      const stream = streams.get(arg1);
      switch (command) {
        case commands.CNXN:
          return isAllowed ? introduce() : askForKey();
        case commands.AUTH:
          // 2: signed with a key we don't know; 3: the key itself, for someone to accept.
          return arg0 === 2 ? askForKey() : undefined;
        case commands.OPEN:
          return open(packet);
        case commands.WRTE:
          if (!stream) return;
          stream.data(payload);
          return send({ command: commands.OKAY, arg0: arg1, arg1: arg0, payload: empty });
        case commands.OKAY:
          return stream?.acknowledged();
        case commands.CLSE:
          streams.delete(arg1);
          return stream?.closed();
      }
    }

    async function take(): Promise<void> {
      for (;;) {
        const packet = takePacket(queue);
        if (!packet || isFrozen || socket.destroyed) return;
        if (api.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, api.delayMs));
        handle(packet);
      }
    }

    socket.on('data', (chunk) => {
      if (api.isMute) return;
      received += chunk.length;
      if (planned && received >= planned.at) {
        const { trouble } = planned;
        planned = undefined;
        if (trouble === 'cut') return pull();
        if (trouble === 'stall') isFrozen = true;
        else trouble();
        if (socket.destroyed) return;
      }
      if (isFrozen) return;
      queue.push(chunk);
      turn = turn.then(take);
    });

    return {
      accept: () => (isConnected ? undefined : introduce()),
      close: () => {
        for (const stream of streams.values()) stream.closed();
      },
    };
  }

  const api: AndroidPhone = {
    get address() {
      return `127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    files,
    get received() {
      return received;
    },
    reversed,
    delayMs: 0,
    isMute: false,
    accept() {
      isAllowed = true;
      for (const connection of connections) connection.accept();
    },
    forget() {
      isAllowed = false;
      for (const socket of sockets) socket.destroy();
    },
    after(bytes, trouble) {
      planned = { at: received + bytes, trouble };
    },
    pull,
    plugIn() {
      planned = undefined;
      isOut = false;
      isFrozen = false;
      for (const socket of sockets) socket.destroy();
    },
    startApp,
    uninstall(appId) {
      installed.delete(appId);
      rmSync(files.local(`/sdcard/Android/data/${appId}`), { recursive: true, force: true });
    },
    async dispose() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return api;
}
