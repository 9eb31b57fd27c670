import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The programs that build the app, as commands to run, and the resources of Android to link with. */
export interface BuildTools {
  javac: string;
  java: string;
  keytool: string;
  maven: string;
  aapt2: string;
  zipalign: string;
  apksigner: string;
  /** `framework-res.apk` of Debian or `android.jar` of an Android SDK. */
  framework: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const windows = process.platform === 'win32';
const debianFramework = '/usr/share/android-framework-res/framework-res.apk';

const programs = [
  ['javac', 'javac', ['-version'], 'a Java development kit, 11 or newer'],
  ['java', 'java', ['-version'], 'Java'],
  ['keytool', 'keytool', ['-help'], 'keytool, which comes with Java'],
  ['maven', windows ? 'mvn.cmd' : 'mvn', ['-version'], 'Maven'],
  ['aapt2', 'aapt2', ['version'], 'aapt2 (Debian package aapt, or an Android SDK’s build tools)'],
  ['zipalign', 'zipalign', undefined, 'zipalign'],
  ['apksigner', windows ? 'apksigner.bat' : 'apksigner', ['--version'], 'apksigner'],
] as const;

/**
 * Looks for everything on the PATH and in the Android SDK of `ANDROID_HOME`, if there is one.
 * @returns the tools, or what is missing, each in a few words.
 */
export function findTools(environment: Environment = process.env): BuildTools | string[] {
  const sdk = environment['ANDROID_HOME'] ?? environment['ANDROID_SDK_ROOT'];
  const missing: string[] = [];
  const found: Partial<Record<(typeof programs)[number][0], string>> = {};
  for (const [name, command, question, words] of programs) {
    const candidates = [command, ...(sdk ? newest(sdk, 'build-tools', command) : [])];
    const program = candidates.find((candidate) => runs(candidate, question ?? [], environment));
    if (program === undefined) missing.push(words);
    else found[name] = program;
  }
  const framework = [
    environment['POCKETLENS_ANDROID_FRAMEWORK'],
    ...(sdk ? newest(sdk, 'platforms', 'android.jar') : []),
    debianFramework,
  ].find((file) => file !== undefined && existsSync(file));
  if (framework === undefined) {
    missing.push(
      'Android’s resources (Debian package android-framework-res, or an Android SDK’s platform)',
    );
  }
  return missing.length > 0 ? missing : ({ ...found, framework } as BuildTools);
}

/** A file of each version of a part of the SDK, the highest version first. */
function newest(sdk: string, part: string, file: string): string[] {
  const folder = join(sdk, part);
  if (!existsSync(folder)) return [];
  const byNumber = new Intl.Collator('en', { numeric: true });
  return readdirSync(folder)
    .sort((a, b) => byNumber.compare(b, a))
    .map((version) => join(folder, version, file));
}

/** zipalign has nothing to ask it but its usage, with which it fails: it need only start. */
function runs(program: string, question: readonly string[], environment: Environment): boolean {
  const shell = windows && /\.(cmd|bat)$/.test(program);
  const { error, status } = spawnSync(program, question, {
    stdio: 'ignore',
    shell,
    env: environment,
  });
  return error === undefined && status !== 127 && (question.length === 0 || status === 0);
}
