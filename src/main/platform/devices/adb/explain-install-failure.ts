import { AppError, type ErrorCode } from '../../../../shared/api/errors';

type Explanation = readonly [pattern: RegExp, code: ErrorCode, says: string, remedy: string];

/** Codes of Android's PackageManager, and what makers mean by them. */
const explanations: readonly Explanation[] = [
  [
    /USER_RESTRICTED|INSTALL_FAILED_REJECTED_BY/,
    'device-refused',
    'The phone does not let apps be installed over USB.',
    'Unlock it and answer its question. On Xiaomi, Redmi and POCO turn on “Install via USB” in the developer options first. Then install again.',
  ],
  [
    /VERIFICATION_FAILURE|VERIFICATION_TIMEOUT|INSTALL_FAILED_ABORTED/,
    'device-refused',
    'The app was turned down on the phone, by its user or by Play Protect, which does not know it.',
    'Unlock the phone, install again and choose “Install anyway”. Or turn off “Verify apps over USB” in the developer options.',
  ],
  [
    /INSUFFICIENT_STORAGE|no space left|not enough space/i,
    'no-space',
    'The phone has no space left for the app.',
    'Free some space on the phone, then install again.',
  ],
  [
    /UPDATE_INCOMPATIBLE|signatures do not match/i,
    'device-refused',
    'The app on the phone was signed with another key, so Android takes no update of it.',
    'Remove it from the phone and install again; feedback that was not fetched yet goes with it. Or build the app with the signing key of the computer that it came from (docs/android-app.md).',
  ],
  [
    /VERSION_DOWNGRADE/,
    'device-refused',
    'The phone has a newer version of the app.',
    'Update Pocketlens Studio and build the app again, or remove it from the phone.',
  ],
  [
    /OLDER_SDK|NO_MATCHING_ABIS/,
    'device-refused',
    'The phone is too old for the app, or has another processor.',
    'The app needs Android 7 or newer and an ARM processor. Push to an app of your own instead.',
  ],
];

/** @param output of `pm install`; its own words are quoted for whoever searches. */
export function explainInstallFailure(output: string): AppError {
  const said = /Failure \[([^\]\n]*)/.exec(output)?.[1] ?? output.trim().split('\n').at(-1) ?? '';
  const found = explanations.find(([pattern]) => pattern.test(output));
  const [, code, says, remedy] = found ?? [
    undefined,
    'device-refused' as const,
    'The phone did not take the app.',
    'Unlock the phone, look whether it asks something, and install again.',
  ];
  return new AppError(code, `${says} (“${said}”)`, remedy);
}
