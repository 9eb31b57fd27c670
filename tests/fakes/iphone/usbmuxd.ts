import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Iphone } from './iphone';
import { dataOf, type PlistObject, readPlist, textOf, writePlist } from './property-lists';
import { createWire } from './wire';

/** A function is called in place of pulling or freezing it. */
type Trouble = 'cut' | 'stall' | (() => void);

/** The service on a computer that knows which iPhones are plugged in. */
export interface Usbmuxd {
  /** For `USBMUXD_SOCKET_ADDRESS`. */
  readonly address: string;
  plugIn(phone: Iphone): void;
  /** Pulled out: its connections break, and whoever listens is told. */
  pull(phone: Iphone): void;
  /** Something happens once so many more bytes have come for this phone. */
  after(phone: Iphone, bytes: number, trouble: Trouble): void;
  /** Bytes that came for this phone since it was plugged in. */
  received(phone: Iphone): number;
  /** The computer’s side of trust: pairing records by UDID. */
  readonly records: Map<string, Buffer>;
  dispose(): Promise<void>;
}

interface Plugged {
  deviceId: number;
  phone: Iphone;
  sockets: Set<Socket>;
  received: number;
  isFrozen: boolean;
  planned?: { at: number; trouble: Trouble };
}

const headerBytes = 16;
const results = { ok: 0, badCommand: 1, badDevice: 2, refused: 3, noRecord: 2 } as const;

export async function startUsbmuxd(): Promise<Usbmuxd> {
  const plugged = new Map<Iphone, Plugged>();
  const listeners = new Set<(message: PlistObject) => void>();
  const sockets = new Set<Socket>();
  const records = new Map<string, Buffer>();
  let nextId = 1;

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    serve(socket).catch(() => socket.destroy());
  });

  async function serve(socket: Socket): Promise<void> {
    const wire = createWire(socket);
    for (;;) {
      const header = await wire.read(headerBytes);
      const message = readPlist(await wire.read(header.readUInt32LE(0) - headerBytes));
      const send = (body: PlistObject, tag: number) => {
        const content = writePlist(body);
        const head = Buffer.alloc(headerBytes);
        head.writeUInt32LE(headerBytes + content.length, 0);
        head.writeUInt32LE(1, 4);
        head.writeUInt32LE(8, 8);
        head.writeUInt32LE(tag, 12);
        wire.write(Buffer.concat([head, content]));
      };
      const reply = (body: PlistObject) => send(body, header.readUInt32LE(12));
      const result = (number: number) => reply({ MessageType: 'Result', Number: number });
      const id = textOf(message.PairRecordID);
      switch (message.MessageType) {
        case 'ListDevices':
          reply({ DeviceList: [...plugged.values()].map(attached) });
          break;
        case 'Listen': {
          result(results.ok);
          const tell = (body: PlistObject) => send(body, 0);
          listeners.add(tell);
          socket.on('close', () => listeners.delete(tell));
          for (const one of plugged.values()) tell(attached(one));
          break;
        }
        case 'ReadBUID':
          reply({ BUID: '30142955-444094379208051516' });
          break;
        case 'ReadPairRecord': {
          const record = records.get(id);
          if (record) reply({ PairRecordData: record });
          else result(results.noRecord);
          break;
        }
        case 'SavePairRecord':
          records.set(id, dataOf(message.PairRecordData));
          result(results.ok);
          break;
        case 'DeletePairRecord':
          result(records.delete(id) ? results.ok : results.noRecord);
          break;
        case 'Connect': {
          const found = [...plugged.values()].find((one) => one.deviceId === message.DeviceID);
          if (!found) {
            result(results.badDevice);
            break;
          }
          const swapped = Number(message.PortNumber);
          const port = ((swapped & 0xff) << 8) | (swapped >> 8);
          const service = found.phone.connect(port);
          if (!service) {
            result(results.refused);
            break;
          }
          result(results.ok);
          wire.release();
          join(socket, found, service);
          return;
        }
        default:
          result(results.badCommand);
      }
    }
  }

  function join(socket: Socket, to: Plugged, service: NonNullable<ReturnType<Iphone['connect']>>) {
    to.sockets.add(socket);
    socket.on('close', () => {
      to.sockets.delete(socket);
      service.destroy();
    });
    socket.on('data', (chunk: Buffer) => {
      const before = to.received;
      to.received += chunk.length;
      const { planned } = to;
      if (planned && to.received >= planned.at) {
        // To the byte: what came before it still arrives.
        service.write(chunk.subarray(0, Math.max(0, planned.at - before)));
        delete to.planned;
        if (planned.trouble === 'cut') return api.pull(to.phone);
        if (planned.trouble === 'stall') {
          to.isFrozen = true;
          return;
        }
        planned.trouble();
        // What still comes after it, unless it was pulled out.
        if (!socket.destroyed) service.write(chunk.subarray(Math.max(0, planned.at - before)));
        return;
      }
      if (!to.isFrozen) service.write(chunk);
    });
    service.on('data', (chunk: Buffer) => {
      if (!to.isFrozen && !socket.destroyed) socket.write(chunk);
    });
    service.on('end', () => {
      if (!to.isFrozen) socket.end();
    });
  }

  function get(phone: Iphone): Plugged {
    const found = plugged.get(phone);
    if (!found) throw new Error(`${phone.name} is not plugged in`);
    return found;
  }

  const api: Usbmuxd = {
    get address() {
      return `127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    records,
    plugIn(phone) {
      const one = {
        deviceId: nextId++,
        phone,
        sockets: new Set<Socket>(),
        received: 0,
        isFrozen: false,
      };
      plugged.set(phone, one);
      for (const tell of listeners) tell(attached(one));
    },
    pull(phone) {
      const one = get(phone);
      plugged.delete(phone);
      for (const socket of one.sockets) socket.destroy();
      for (const tell of listeners) tell({ MessageType: 'Detached', DeviceID: one.deviceId });
    },
    after(phone, bytes, trouble) {
      const one = get(phone);
      one.planned = { at: one.received + bytes, trouble };
    },
    received: (phone) => get(phone).received,
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

const attached = ({ deviceId, phone }: Plugged): PlistObject => ({
  MessageType: 'Attached',
  DeviceID: deviceId,
  Properties: {
    ConnectionType: 'USB',
    ConnectionSpeed: 480_000_000,
    DeviceID: deviceId,
    LocationID: 0x10000 + deviceId,
    ProductID: 0x12a8,
    // As usbmuxd: without the dash.
    SerialNumber: phone.udid.replace('-', ''),
  },
});
