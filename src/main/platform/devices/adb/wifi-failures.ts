import { lookup } from 'node:dns/promises';
import { AppError } from '../../../../shared/api/errors';
import type { FoundAdb } from './find-adb';
import type { AdbAnswer } from './ask-adb';

const sameNetwork =
  'Look whether the phone and this computer are in the same network, and whether the address is the one that the phone shows.';
const newDialog =
  'On the phone: Developer options › Wireless debugging › “Pair device with pairing code”, and take address and code from there: each dialog has others.';

/** Why a phone could not be reached over Wi-Fi, in adb's words and ours. */
export async function explainConnectFailure(
  { text, silentMs }: AdbAnswer,
  address: string,
): Promise<AppError> {
  if (silentMs !== undefined) return silent(address, silentMs, sameNetwork);
  if (/failed to resolve host/i.test(text)) return unknownHost(address, text);
  if (/bad port number|invalid port/i.test(text)) return badPort(address, text);
  if (/connection refused/i.test(text)) {
    return new AppError(
      'device-gone',
      `Nothing answers at ${address} (“${text}”).`,
      'Turn Wireless debugging on, and take the address of its page: the port changes each time it is turned on.',
    );
  }
  if (/timed out|no route|unreachable/i.test(text)) return notReached(address, text);
  return new AppError(
    'device-refused',
    `The phone at ${address} does not let this computer in (“${text}”).`,
    'A phone that never saw this computer is paired first. Take the address of the page “Wireless debugging”, not of its pairing dialog.',
  );
}

/**
 * Why a pairing failed. adb tells a wrong code from nothing else, and gives no reason when it reaches
 * nobody, so the name is looked up once more.
 */
export async function explainPairFailure(
  { text, silentMs }: AdbAnswer,
  address: string,
  program: () => Promise<FoundAdb>,
): Promise<AppError> {
  if (silentMs !== undefined) return silent(address, silentMs, newDialog);
  if (/unknown host service/i.test(text)) {
    return tooOld(text, await program());
  }
  if (/wrong password|connection was dropped/i.test(text)) {
    return new AppError(
      'device-refused',
      `The phone did not take the code, or its dialog was closed (“${text}”).`,
      newDialog,
    );
  }
  if (/invalid port|bad port number/i.test(text)) return badPort(address, text);
  if (/unable to start pairing client/i.test(text)) {
    const host = address.slice(0, address.lastIndexOf(':'));
    const isKnown = await lookup(host).then(
      () => true,
      () => false,
    );
    if (!isKnown) return unknownHost(address, text);
    return new AppError(
      'device-gone',
      `No phone waits for a pairing at ${address} (“${text}”).`,
      `${newDialog} ${sameNetwork}`,
    );
  }
  return new AppError('device-refused', `The pairing failed (“${text}”).`, newDialog);
}

/** What counts is the server that runs, which another adb may have started than the one that is used now. */
function tooOld(text: string, found: FoundAdb): AppError {
  const isNew = 'version' in found && Number.parseInt(found.version, 10) >= 30;
  return new AppError(
    'tool-missing',
    isNew
      ? `The adb server that runs can’t pair (“${text}”): an adb before 30 has started it.`
      : `${'version' in found ? `adb ${found.version}` : 'The adb server that runs'} can’t pair (“${text}”): adb 30 was the first that could.`,
    isNew
      ? `Run “adb kill-server” once: the studio starts adb ${found.version} then.`
      : 'Install Google’s platform-tools, choose their adb (Deploy, or “pocketlens doctor --adb PATH”) and run “adb kill-server” once. By USB cable no pairing is needed.',
  );
}

const silent = (address: string, ms: number, remedy: string) =>
  new AppError(
    'device-stalled',
    `Nothing came from ${address} in ${Math.round(ms / 1000)} seconds.`,
    remedy,
  );

const unknownHost = (address: string, text: string) =>
  new AppError(
    'device-gone',
    `There is no computer or phone called ${address} (“${text}”).`,
    'Type the address as the phone shows it, like 192.168.1.5:37099.',
  );

const badPort = (address: string, text: string) =>
  new AppError(
    'bad-request',
    `${address} has no port that can be (“${text}”).`,
    'Type the address as the phone shows it, like 192.168.1.5:37099.',
  );

const notReached = (address: string, text: string) =>
  new AppError('device-gone', `${address} was not reached (“${text}”).`, sameNetwork);
