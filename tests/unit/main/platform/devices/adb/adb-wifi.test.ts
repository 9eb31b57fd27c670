import { createAdbServer } from '@main/platform/devices/adb/adb-server';
import { createAdbWifi } from '@main/platform/devices/adb/adb-wifi';
import { AppError } from '@shared/api/errors';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type ScriptedAnswer,
  sized,
  startScriptedAdbServer,
} from '../../../../../fakes/android/scripted-adb-server';

const address = '192.168.1.5:37099';
const code = '482913';

/** Answers as adb 36.0.0 gave them, byte for byte, unless it says otherwise. */
const said = {
  pairing: {
    noRoute: `OKAYFAIL${sized('Failed: Unable to start pairing client.')}`,
    wrongCode: `OKAYFAIL${sized('Failed: Wrong password or connection was dropped.')}`,
    noPort: `OKAYFAIL${sized('Invalid port while parsing address [192.168.1.5]')}`,
    // adb 30 and 31, by their sources: without a second status.
    wrongCodeBefore: `OKAY${sized('Failed: Wrong password or connection was dropped.')}`,
    // By its source: no phone is here to say it.
    paired: `OKAY${sized(`Successfully paired to ${address} [guid=adb-R5CT10XYZ-a1B2c3]`)}`,
    // Debian's 29.0.6.
    tooOld: `FAIL${sized('unknown host service')}`,
  },
  connecting: {
    refused: `OKAY${sized("failed to connect to '192.168.1.5:5555': Connection refused")}`,
    unknownHost: `OKAY${sized("failed to resolve host: 'no.such.phone': Name or service not known")}`,
    badPort: `OKAY${sized("bad port number '99999' in '192.168.1.5:99999'")}`,
    notAllowed: `OKAY${sized('failed to connect to 192.168.1.5:5555')}`,
    // By its source.
    asks: `OKAY${sized('failed to authenticate to 192.168.1.5:5555')}`,
    connected: `OKAY${sized('connected to 192.168.1.5:5555')}`,
    already: `OKAY${sized('already connected to 192.168.1.5:5555')}`,
  },
};

async function open(
  answer: (request: string) => ScriptedAnswer,
  { adb = '/usr/bin/adb', version = '29.0.6-debian' } = {},
) {
  const fake = await startScriptedAdbServer(answer);
  onTestFinished(() => fake.dispose());
  const server = createAdbServer({
    platform: 'linux',
    environment: { ANDROID_ADB_SERVER_PORT: String(fake.port) },
    home: '/home/ada',
    exists: (path) => path === adb,
    probe: async () => ({ version }),
  });
  return { wifi: createAdbWifi(server, { answerMs: 300, announceMs: 0 }), asked: fake.asked };
}

const failureOf = async (run: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error(`No AppError, but ${String(error)}`);
};

describe('a pairing that fails says why and what to do', () => {
  it.each([
    ['a wrong code', said.pairing.wrongCode, 'device-refused', /did not take the code/, /others/],
    ['the same from adb 30', said.pairing.wrongCodeBefore, 'device-refused', /the code/, /others/],
    ['an adb that is too old', said.pairing.tooOld, 'tool-missing', /adb 29\.0\.6-debian/, /cable/],
    ['no answer at all', 'silence', 'device-stalled', /Nothing came from 192/, /each dialog/],
    ['an adb that ends', 'hang up', 'tool-missing', /ended before it answered/, /Try again/],
    ['a port that can’t be', said.pairing.noPort, 'bad-request', /no port/, /192\.168/],
    [
      'words of another adb',
      `OKAYFAIL${sized('Failed: the moon is full.')}`,
      'device-refused',
      /the moon is full/,
      /each dialog/,
    ],
  ])('%s', async (_, answer, errorCode, message, remedy) => {
    const { wifi } = await open(() => answer);
    const error = await failureOf(wifi.pair(address, code));
    expect(error.code).toBe(errorCode);
    expect(error.message).toMatch(message);
    expect(error.remedy).toMatch(remedy);
    // Errors are logged and shown.
    expect(
      JSON.stringify(error.toShape()) + String(error.stack) + String(error.cause),
    ).not.toContain(code);
  });

  it('an old server beside a new adb is told from an old adb', async () => {
    const { wifi } = await open(() => said.pairing.tooOld, { version: '36.0.0-13206524' });
    const error = await failureOf(wifi.pair(address, code));
    expect(error.message).toContain('server that runs');
    expect(error.remedy).toContain('the studio starts adb 36.0.0-13206524 then');
  });

  it('nobody there, and a name that nobody has, are told apart', async () => {
    const { wifi } = await open(() => said.pairing.noRoute);
    const closed = await failureOf(wifi.pair('127.0.0.1:9', code));
    expect(closed.message).toContain('No phone waits for a pairing at 127.0.0.1:9');
    const unknown = await failureOf(wifi.pair('no-such-phone.invalid:37099', code));
    expect(unknown.message).toContain('no computer or phone called no-such-phone.invalid:37099');
  });
});

describe('a phone that was paired', () => {
  const connectService = 'adb-R5CT10XYZ-a1B2c3\t_adb-tls-connect._tcp\t192.168.1.5:41234\n';

  it('is connected to where it says that it is', async () => {
    const { wifi, asked } = await open((request) => {
      if (request.startsWith('host:pair:')) return said.pairing.paired;
      if (request === 'host:mdns:services') return `OKAY${sized(connectService)}`;
      return `OKAY${sized('connected to 192.168.1.5:41234')}`;
    });
    expect(await wifi.pair(address, code)).toBe('192.168.1.5:41234');
    expect(
      asked.filter((request) => request.startsWith('host:') && request !== 'host:version'),
    ).toEqual([
      `host:pair:${code}:${address}`,
      'host:mdns:services',
      'host:connect:192.168.1.5:41234',
    ]);
  });

  it.each([
    ['adb hears nothing in the network', `OKAY${sized('')}`],
    ['adb can’t listen', said.pairing.tooOld],
  ])('is still to be connected to where %s', async (_, services) => {
    const { wifi } = await open((request) =>
      request.startsWith('host:pair:') ? said.pairing.paired : services,
    );
    expect(await wifi.pair(address, code)).toBeUndefined();
  });

  it('is not mixed up with others that wait', async () => {
    const waiting = `adb-A-1\t_adb-tls-pairing._tcp.\t192.168.1.7:40001\n${connectService}garbage\n`;
    const { wifi } = await open(() => `OKAY${sized(waiting)}`);
    expect(await wifi.waiting()).toEqual([{ name: 'adb-A-1', address: '192.168.1.7:40001' }]);
    const old = await open(() => said.pairing.tooOld);
    expect(await old.wifi.waiting()).toEqual([]);
  });
});

describe('connecting', () => {
  it.each([
    ['connected', said.connecting.connected],
    ['connected before', said.connecting.already],
    ['there, and asking on its screen', said.connecting.asks],
  ])('to one that is %s is no error', async (_, answer) => {
    const { wifi, asked } = await open(() => answer);
    await wifi.connect('192.168.1.5');
    expect(asked).toContain('host:connect:192.168.1.5:5555');
  });

  it.each([
    ['a closed port', said.connecting.refused, 'device-gone', /Nothing answers/, /port changes/],
    ['an unknown name', said.connecting.unknownHost, 'device-gone', /no computer/, /address/],
    ['a port that can’t be', said.connecting.badPort, 'bad-request', /no port/, /address/],
    ['one that was never paired', said.connecting.notAllowed, 'device-refused', /let/, /paired/],
    ['one that is silent', 'silence', 'device-stalled', /Nothing came/, /same network/],
  ])('to %s says why', async (_, answer, errorCode, message, remedy) => {
    const { wifi } = await open(() => answer);
    const error = await failureOf(wifi.connect('192.168.1.5:5555'));
    expect(error.code).toBe(errorCode);
    expect(error.message).toMatch(message);
    expect(error.remedy).toMatch(remedy);
  });
});
