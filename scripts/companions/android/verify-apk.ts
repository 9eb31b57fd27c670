import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { companionApp } from '../../../src/shared/domain/companion-protocol';
import { sdk } from './build-apk';
import { fitsLargePages } from './page-size';
import { runTool } from './run-tool';
import type { BuildTools } from './tools';

/**
 * Holds a finished file against what phones ask of it.
 * @returns what was found, for people.
 * @throws Error saying what is wrong.
 */
export function verifyApk(file: string, tools: BuildTools): string[] {
  const signature = runTool(tools.apksigner, ['verify', '--verbose', '--print-certs', file]);
  demand(/\(APK Signature Scheme v2\): true/.test(signature), 'It has no v2 signature.');
  demand(/\(APK Signature Scheme v3\): true/.test(signature), 'It has no v3 signature.');
  const [, certificate = ''] = /certificate SHA-256 digest: ([0-9a-f]{64})/.exec(signature) ?? [];

  const badging = runTool(tools.aapt2, ['dump', 'badging', file]);
  for (const needed of [
    `package: name='${companionApp.appId}'`,
    `sdkVersion:'${sdk.least}'`,
    `targetSdkVersion:'${sdk.target}'`,
    `launchable-activity: name='${companionApp.appId}.MainActivity'`,
    "uses-permission: name='android.permission.CAMERA'",
  ]) {
    demand(badging.includes(needed), `Its manifest does not say ${needed}.`);
  }
  // Whoever may use the camera needs one, unless the manifest says otherwise.
  const [, feature] =
    /^\s*uses-(?:implied-)?feature: name='(android\.hardware\.camera[^']*)'/m.exec(badging) ?? [];
  demand(feature === undefined, `It is not offered to devices without ${feature}.`);
  demand(!badging.includes('application-debuggable'), 'It can be debugged by anybody.');

  const bytes = readFileSync(file);
  runTool(tools.zipalign, ['-c', '4', file]);
  const entries = unzipSync(bytes);
  const library = entries['lib/arm64-v8a/libtensorflowlite_jni.so'];
  demand(library, 'It holds no library for 64-bit phones.');
  demand(fitsLargePages(library), 'Its library needs pages of 4 KB.');
  demand(
    'lib/armeabi-v7a/libtensorflowlite_jni.so' in entries,
    'It holds no library for 32-bit phones.',
  );
  for (const name of ['Pocketlens', 'TensorFlow-Lite', 'In-TensorFlow-Lite']) {
    demand(entries[`assets/licenses/${name}.txt`]?.length, `The license of ${name} is missing.`);
  }
  return [
    `signed by v2 and v3 with certificate ${certificate}`,
    `Android 7 (API ${sdk.least}) or newer, arm64 (pages of 4 and 16 KB) and armv7`,
    `${(bytes.length / 1e6).toFixed(1)} MB`,
  ];
}

function demand(holds: unknown, problem: string): asserts holds {
  if (!holds) throw new Error(`The finished app is not as it should be. ${problem}`);
}
