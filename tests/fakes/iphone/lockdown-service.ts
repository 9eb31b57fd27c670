import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { IphoneState } from './iphone';
import { services } from './phone-services';
import { dataOf, type PlistObject, textOf } from './property-lists';
import { createWire } from './wire';

/** What lockdownd tells anybody, trusted or not. */
const open = new Set(['DeviceName', 'DeviceClass', 'ProductType', 'ProductVersion']);
const forPairing = new Set(['DevicePublicKey', 'WiFiAddress', 'UniqueDeviceID']);
/** Works while the screen is locked. */
const worksLocked = new Set(['com.apple.mobile.notification_proxy']);

/** Serves lockdownd on one connection: who the phone is, trust, sessions, starting services. */
export async function serveLockdown(stream: Duplex, phone: IphoneState): Promise<void> {
  let wire = createWire(stream);
  const plain = wire;
  let hostId: string | undefined;

  function values(): PlistObject {
    return {
      DeviceName: phone.name,
      DeviceClass: 'iPhone',
      ProductType: phone.productType,
      ProductVersion: phone.osVersion,
      ProductName: 'iPhone OS',
      BuildVersion: '21A329',
      UniqueDeviceID: phone.udid,
      WiFiAddress: '00:11:22:33:44:55',
      DevicePublicKey: Buffer.from(phone.publicKey),
      PasswordProtected: phone.isLocked,
    };
  }

  function getValue(key: string): PlistObject {
    if (key === '') return hostId === undefined ? pick(values(), open) : values();
    if (hostId === undefined && !open.has(key) && !forPairing.has(key)) {
      return { Error: 'GetProhibited' };
    }
    const value = values()[key];
    return value === undefined ? { Error: 'MissingValue' } : { Key: key, Value: value };
  }

  function pair(record: Record<string, unknown>): PlistObject {
    if (phone.isLocked) return { Error: 'PasswordProtected' };
    if (phone.trust === 'asks') return { Error: 'PairingDialogResponsePending' };
    if (phone.trust === 'denies') return { Error: 'UserDeniedPairing' };
    phone.hosts.set(textOf(record.HostID), {
      deviceCertificate: dataOf(record.DeviceCertificate),
      rootCertificate: dataOf(record.RootCertificate),
    });
    return { EscrowBag: Buffer.from(phone.escrowBag) };
  }

  function startService(name: string, escrowBag: unknown): PlistObject {
    if (hostId === undefined) return { Error: 'NoRunningSession' };
    const serve = services[name];
    if (!serve) return { Error: 'InvalidService' };
    const hasBag = dataOf(escrowBag).toString() === phone.escrowBag;
    phone.escrowed.push(hasBag);
    if (phone.isLocked && !worksLocked.has(name)) return { Error: 'PasswordProtected' };
    const host = hostId;
    const port = phone.openPort((made) => {
      const secured = secure(made, phone, host);
      return serve(createWire(secured), phone);
    });
    return { Service: name, Port: port, EnableServiceSSL: true };
  }

  for (;;) {
    const message = await wire.readMessage();
    const request = textOf(message.Request);
    const record = (message.PairRecord ?? {}) as Record<string, unknown>;
    // As iOS since 5: no word of success, an error only where there is one.
    const reply = (body: PlistObject) => wire.writeMessage({ Request: request, ...body });
    switch (request) {
      case 'QueryType':
        reply({ Type: 'com.apple.mobile.lockdown' });
        break;
      case 'GetValue':
        reply(message.Key === undefined ? { Value: getValue('') } : getValue(textOf(message.Key)));
        break;
      case 'Pair':
        reply(pair(record));
        break;
      case 'ValidatePair':
        reply(phone.hosts.has(textOf(record.HostID)) ? {} : { Error: 'InvalidHostID' });
        break;
      case 'Unpair':
        phone.hosts.delete(textOf(record.HostID));
        reply({});
        break;
      case 'StartSession': {
        const id = textOf(message.HostID);
        if (!phone.hosts.has(id)) {
          reply({ Error: 'InvalidHostID' });
          break;
        }
        hostId = id;
        reply({ SessionID: randomUUID(), EnableSessionSSL: true });
        wire = createWire(secure(plain.release(), phone, id));
        break;
      }
      case 'StopSession':
        reply({});
        return;
      case 'StartService':
        reply(startService(textOf(message.Service), message.EscrowBag));
        break;
      default:
        reply({ Error: 'InvalidRequest' });
    }
  }
}

/** TLS with the certificate the computer made for this phone; the computer has to show its own. */
function secure(stream: Duplex, phone: IphoneState, hostId: string): TLSSocket {
  const host = phone.hosts.get(hostId);
  if (!host) throw new Error('No such computer');
  const secured = new TLSSocket(stream, {
    isServer: true,
    key: phone.privateKey,
    cert: host.deviceCertificate,
    ca: host.rootCertificate,
    requestCert: true,
    rejectUnauthorized: true,
    // As iPhones: libimobiledevice signs certificates with SHA-1.
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  secured.on('error', () => stream.destroy());
  return secured;
}

const pick = (from: PlistObject, keys: ReadonlySet<string>): PlistObject =>
  Object.fromEntries(Object.entries(from).filter(([key]) => keys.has(key)));
