import { readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync, type Zippable, zipSync } from 'fflate';
import type { Downloads } from './downloads';
import { alignForLargePages } from './page-size';
import { runTool, shortRun } from './run-tool';
import { type SigningKey, signWith } from './signing-key';
import type { BuildTools } from './tools';

/** Android 7; what the app is tested for; what its resources are compiled for. */
export const sdk = { least: 24, target: 34, compile: 35 } as const;

export interface Sources {
  /** `companions/android`. */
  folder: string;
  /** Of the whole project. */
  license: string;
  version: string;
  downloads: Downloads;
}

/** Of every entry, so that two builds are alike: the earliest a zip can say. */
const entryDate = new Date(1980, 0, 1);

/**
 * Builds the signed app.
 * @param scratch a folder of its own, empty.
 * @returns the finished file in it.
 */
export async function buildApk(
  { folder, license, version, downloads }: Sources,
  tools: BuildTools,
  key: SigningKey,
  scratch: string,
  report: (step: string) => void,
): Promise<string> {
  const inScratch = (...names: string[]) => join(scratch, ...names);
  report('Resources');
  const linked = await linkResources(join(folder, 'app'), version, tools, scratch);

  report('Classes');
  const liteJars: string[] = [];
  for (const [index, bytes] of downloads.liteClasses.entries()) {
    const jar = inScratch(`lite-${index}.jar`);
    await writeFile(jar, bytes);
    liteJars.push(jar);
  }
  const sources = [
    join(folder, 'core', 'src', 'main', 'java'),
    join(folder, 'app', 'java'),
    inScratch('generated'),
  ].flatMap((root) => filesBelow(root, '.java'));
  await mkdir(inScratch('classes'));
  runTool(tools.javac, [
    ...shortRun.map((option) => `-J${option}`),
    ...['--release', '11', '-encoding', 'UTF-8', '-Xlint:all,-options,-classfile', '-Werror'],
    ...['-proc:none', '-cp', [downloads.android, ...liteJars].join(delimiterOfPaths)],
    ...['-d', inScratch('classes'), ...sources],
  ]);
  await mkdir(inScratch('dex'));
  runTool(tools.java, [
    ...shortRun,
    ...['-cp', downloads.r8, 'com.android.tools.r8.D8', '--release', '--min-api', `${sdk.least}`],
    ...['--lib', downloads.android, '--lib', javaHome(tools.java), '--output', inScratch('dex')],
    ...liteJars,
    ...filesBelow(inScratch('classes'), '.class'),
  ]);

  report('Signing');
  const packed = inScratch('packed.apk');
  const libraries = [...downloads.liteLibraries].map(([processor, bytes]): [string, Uint8Array] => [
    `lib/${processor}/libtensorflowlite_jni.so`,
    processor === 'arm64-v8a' ? alignForLargePages(bytes) : bytes,
  ]);
  await writeFile(
    packed,
    pack([
      ...Object.entries(unzipSync(await readFile(linked))),
      ['classes.dex', await readFile(inScratch('dex', 'classes.dex'))],
      ...libraries,
      ['assets/licenses/Pocketlens.txt', await readFile(license)],
      ['assets/licenses/TensorFlow-Lite.txt', downloads.liteLicense],
      [
        'assets/licenses/In-TensorFlow-Lite.txt',
        await readFile(join(folder, 'app', 'licenses', 'In-TensorFlow-Lite.txt')),
      ],
    ]),
  );
  const aligned = inScratch('aligned.apk');
  runTool(tools.zipalign, ['-f', '16384', packed, aligned]);
  const signed = inScratch('pocketlens-companion.apk');
  runTool(tools.apksigner, [
    'sign',
    ...['--v1-signing-enabled', 'false', '--v2-signing-enabled', 'true'],
    ...['--v3-signing-enabled', 'true', '--v4-signing-enabled', 'false'],
    ...signWith(key),
    ...['--out', signed, aligned],
  ]);
  return signed;
}

const delimiterOfPaths = process.platform === 'win32' ? ';' : ':';

async function linkResources(
  app: string,
  version: string,
  tools: BuildTools,
  scratch: string,
): Promise<string> {
  const compiled = join(scratch, 'resources.zip');
  runTool(tools.aapt2, ['compile', '--dir', join(app, 'res'), '-o', compiled]);
  const linked = join(scratch, 'linked.apk');
  await mkdir(join(scratch, 'generated'));
  runTool(tools.aapt2, [
    ...['link', '-I', tools.framework, '--manifest', join(app, 'AndroidManifest.xml')],
    ...['--min-sdk-version', `${sdk.least}`, '--target-sdk-version', `${sdk.target}`],
    ...['--version-code', `${versionCode(version)}`, '--version-name', version],
    ...['--java', join(scratch, 'generated'), '-o', linked, compiled],
  ]);
  return linked;
}

/** Grows with the version: 1.2.3 is 10203. Phones refuse a lower one than they have. */
export function versionCode(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  return major * 10_000 + minor * 100 + patch;
}

/** Libraries and the table of resources are read where they lie, so they are stored as they are. */
function pack(entries: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const files: Zippable = {};
  const byName = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, bytes] of byName) {
    const isStored = name.endsWith('.so') || name === 'resources.arsc';
    files[name] = [bytes, { level: isStored ? 0 : 9, mtime: entryDate }];
  }
  return zipSync(files);
}

function filesBelow(folder: string, extension: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** D8 reads Java's own classes from there. */
function javaHome(java: string): string {
  const home = runTool(java, ['-XshowSettings:properties', '-version']);
  const [, found] = /java\.home = (.+)/.exec(home) ?? [];
  if (found === undefined) throw new Error('Java does not say where it is installed');
  return found.trim();
}
