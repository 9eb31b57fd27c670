import { AppError } from '../../../../shared/api/errors';
import { deviceRemedy } from '../../../../shared/domain/device-remedy';
import { systemCode } from '../../explain-disk-error';

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const stepsFor = (state: 'unauthorized' | 'offline') =>
  deviceRemedy({ state, platform: 'android' }).steps.join(' ');

export const noSpaceOnPhone = (cause?: unknown) =>
  new AppError(
    'no-space',
    'The phone has no space left (“No space left on device”).',
    'Free some space on the phone, then push again.',
    { cause },
  );

/** What adb reports, as a sentence with what to do; its own words are quoted for whoever searches. */
const explanations: readonly [RegExp, (text: string, cause: unknown) => AppError][] = [
  [
    /unauthorized/i,
    (text, cause) =>
      new AppError(
        'device-refused',
        `The phone has not allowed this computer yet (“${text}”).`,
        stepsFor('unauthorized'),
        { cause },
      ),
  ],
  [
    /device (still )?(offline|connecting|authorizing)/i,
    (text, cause) =>
      new AppError('device-gone', `The phone does not answer (“${text}”).`, stepsFor('offline'), {
        cause,
      }),
  ],
  [/no space left/i, (_, cause) => noSpaceOnPhone(cause)],
  [
    /permission denied|operation not permitted|read-only file system|secure_mkdirs failed|fchown failed/i,
    (text, cause) =>
      new AppError(
        'device-refused',
        `The phone does not let files be written there (“${text}”).`,
        'Start the target app once, so that its folder is there; some phones want it again after an update. A plain folder such as /sdcard/Download/models always works.',
        { cause },
      ),
  ],
  [
    // Of a copy, a hash or a rename: the folder was made just before.
    /no such file or directory/i,
    (text, cause) =>
      new AppError(
        'app-missing',
        `The folder is gone from the phone: its app was removed, or its data was cleared (“${text}”).`,
        'Install the app again, start it once, then push again.',
        { cause },
      ),
  ],
  [
    /device '.*' not found|no devices|device not found|^closed\b|error: closed|premature end of stream|connection closed|socket hang up|write after end|ECONNRESET|EPIPE|ERR_STREAM/i,
    (text, cause) =>
      new AppError(
        'device-gone',
        `The connection to the phone broke (“${text}”).`,
        'Plug it in again and push again: the phone still has its old model.',
        { cause },
      ),
  ],
];

export function explainAdbError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const text = textOf(error).replace(/^Failure: '(.*)'$/s, '$1');
  const code = systemCode(error);
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT') {
    return new AppError(
      'tool-missing',
      `The adb server does not answer (“${text}”).`,
      'Run “adb start-server”, or “pocketlens doctor” to see what is wrong.',
      { cause: error },
    );
  }
  const found = explanations.find(([pattern]) => pattern.test(`${text} ${code ?? ''}`));
  if (found) return found[1](text, error);
  return new AppError(
    'device-refused',
    `The phone did not do it (“${text}”).`,
    'Unplug it, plug it in again, and try once more.',
    { cause: error },
  );
}
