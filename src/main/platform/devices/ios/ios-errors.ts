import { AppError, type ErrorCode } from '../../../../shared/api/errors';
import type { DeviceState } from '../../../../shared/domain/device';
import { deviceRemedy, startAppleService } from '../../../../shared/domain/device-remedy';
import { libraryInstallHint } from './find-libraries';
import type { Failure, FailureFamily } from './iphone-calls';

/** lockdown.h: what a handshake says about trust. */
const states = new Map<number, DeviceState>([
  [0, 'ready'],
  [-4, 'not-trusted'],
  [-17, 'locked'],
  [-18, 'trust-denied'],
  [-19, 'trust-pending'],
  [-21, 'trust-revoked'],
  [-35, 'locked'],
]);

/** What a handshake's answer means for people; 'offline' for a phone that does not answer. */
export const stateOfHandshake = (code: number): DeviceState => states.get(code) ?? 'offline';

type Explanation = [code: ErrorCode, says: string, remedy: string];

const plugIn = 'Plug the iPhone in again and push again: it still has its old model.';
const broken: Explanation = ['device-gone', 'The connection to the iPhone broke', plugIn];

const explanations: Record<Exclude<FailureFamily, 'library'>, Record<string, Explanation>> = {
  // libimobiledevice.h
  device: {
    '-3': [
      'device-gone',
      'The iPhone is not connected, or Apple’s device service is not running',
      `Plug the iPhone in and unlock it. ${startAppleService}`,
    ],
    '-6': broken,
    '-7': broken,
  },
  // lockdown.h
  lockdown: {
    '-5': broken,
    '-7': broken,
    '-8': broken,
    '-27': [
      'device-refused',
      'The iPhone does not know a service that is needed',
      'Update iOS, restart the iPhone, and try again.',
    ],
    '-34': [
      'device-refused',
      'This iPhone’s management forbids computers to reach its files',
      'Ask whoever manages the iPhone, or use another one.',
    ],
  },
  // What house_arrest says in words, or by number.
  'house-arrest': {
    ApplicationLookupFailed: [
      'app-missing',
      'The app is not installed on this iPhone',
      'Install it, start it once, and push again; or push to another app.',
    ],
    InstallationLookupFailed: [
      'app-missing',
      'The app does not share its files',
      'Build it with UIFileSharingEnabled = YES in its Info.plist, install it, and push again.',
    ],
    // house_arrest.h: -256 is what is left of an answer that never came.
    '-2': broken,
    '-3': broken,
    '-256': broken,
  },
  // afc.h
  afc: {
    '5': broken,
    '8': ['not-found', 'The file is not on the iPhone any more', 'Push again.'],
    '10': [
      'device-refused',
      'The iPhone does not let files be written there',
      'Only the Documents folder of an app that shares its files can be written.',
    ],
    '11': broken,
    '12': broken,
    '17': ['device-refused', 'The app holds the file open', 'Close the app and push again.'],
    '18': [
      'no-space',
      'The iPhone has no space left',
      'Free some space on the iPhone, then push again: it still has its old model.',
    ],
    '20': broken,
    '30': broken,
    '32': broken,
  },
};

/** What libimobiledevice reports, as a sentence with what to do; its own words are quoted. */
export function explainIosFailure(
  { family, code, text }: Failure,
  platform: NodeJS.Platform,
): AppError {
  if (family === 'library') {
    return new AppError(
      'tool-missing',
      `libimobiledevice cannot be used (“${text}”): without it no iPhone is found.`,
      libraryInstallHint(platform),
    );
  }
  const state = family === 'lockdown' ? states.get(code) : undefined;
  if (state !== undefined) {
    const { says, steps } = deviceRemedy({ state, platform: 'ios' });
    return new AppError('device-refused', says, steps.join(' '));
  }
  const table = explanations[family];
  const found = table[text] ?? table[String(code)];
  if (found) return new AppError(found[0], `${found[1]} (“${text}”).`, found[2]);
  return new AppError(
    'device-refused',
    `The iPhone did not do it (“${text}”).`,
    'Unlock it, unplug it, plug it in again, and try once more.',
  );
}

/** What is wrong where libimobiledevice reaches no usbmuxd, and what to do about it. */
export function explainNoService(
  environment: Readonly<Record<string, string | undefined>>,
): Pick<AppError, 'message'> & { remedy: string } {
  const address = environment['USBMUXD_SOCKET_ADDRESS'];
  if (address === undefined || address === '') {
    const message = 'Apple’s device service is not running on this computer.';
    return { message, remedy: startAppleService };
  }
  return {
    message: `No device service of Apple answers at ${address}, which USBMUXD_SOCKET_ADDRESS names.`,
    remedy: 'Start it there, or unset USBMUXD_SOCKET_ADDRESS and start the studio again.',
  };
}

/** AFC 16: renaming onto a file that is there. */
export const isExisting = (error: unknown) =>
  error instanceof AppError && /afc_rename_path .*: 16/.test(error.message);
