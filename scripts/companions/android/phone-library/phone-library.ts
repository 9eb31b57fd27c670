import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { unzipSync } from 'fflate';
import { runTool } from '../run-tool';

/** The library that runs models on phones, made loadable for this machine's Java. */
export interface PhoneLibrary {
  /** With the library and what stands in for Android's C library. */
  folder: string;
  /** TensorFlow Lite's Java classes, and what Android has built in. */
  jars: string[];
}

/** Of the library, and of what it is linked with. */
const name = 'libtensorflowlite_jni.so';
const linked = ['libc', 'libm', 'libdl', 'liblog'];

/** Why the phone's library can't be run here, in a sentence; undefined when it can. */
export function whyNoPhoneLibrary(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64' || !hasGlibc()) {
    return 'The Android library can be loaded on Linux x86-64 with glibc only.';
  }
  const missing = ['javac', 'java', 'mvn', 'gcc'].filter((program) => {
    const question = program === 'gcc' ? '--version' : '-version';
    return spawnSync(program, [question], { stdio: 'ignore' }).status !== 0;
  });
  return missing.length === 0 ? undefined : `Not found: ${missing.join(', ')}.`;
}

function hasGlibc(): boolean {
  const { header } = process.report.getReport() as { header: Record<string, unknown> };
  return 'glibcVersionRuntime' in header;
}

/**
 * Downloads the x86-64 library of the very archive whose arm libraries are in the app, and builds what it
 * needs of Android around it.
 * @param android `companions/android`. @param scratch a folder of its own.
 * @throws Error with what Maven or the compiler said.
 */
export async function preparePhoneLibrary(android: string, scratch: string): Promise<PhoneLibrary> {
  const own = join(android, 'library-tests');
  const folder = join(scratch, 'library');
  await mkdir(folder, { recursive: true });
  const list = join(scratch, 'library-downloads.txt');
  runTool('mvn', ['-B', '-q', 'dependency:build-classpath', `-Dmdep.outputFile=${list}`], own);
  const jars: string[] = [];
  for (const file of readFileSync(list, 'utf8').trim().split(delimiter)) {
    if (!file.endsWith('.aar')) {
      jars.push(file);
      continue;
    }
    const archive = unzipSync(readFileSync(file));
    const jar = join(scratch, `${basename(file, '.aar')}.jar`);
    await writeFile(jar, archive['classes.jar'] ?? new Uint8Array());
    jars.push(jar);
    const library = archive[`jni/x86_64/${name}`];
    if (library) await writeFile(join(folder, name), library);
  }
  const bionic = join(own, 'bionic');
  // Each of them has all of it: the loader asks only that the names are there.
  for (const part of linked) {
    runTool('gcc', [
      ...['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'],
      ...[`-Wl,-soname,${part}.so`, `-Wl,--version-script,${join(bionic, 'exports.map')}`],
      ...['-o', join(folder, `${part}.so`), join(bionic, 'bionic.c'), '-lm'],
    ]);
  }
  return { folder, jars };
}

/** For a Java that is to load it: options, and variables of the environment. */
export const javaWith = ({ folder }: PhoneLibrary) => ({
  options: [`-Djava.library.path=${folder}`],
  environment: { LD_LIBRARY_PATH: folder },
});
