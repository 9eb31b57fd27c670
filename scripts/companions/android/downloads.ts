import { readFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { unzipSync } from 'fflate';
import { runTool } from './run-tool';

/** What Maven downloads, into its own folder, which is kept for all builds. */
export interface Downloads {
  /** Of the two archives of TensorFlow Lite: Java classes, native libraries, license. */
  liteClasses: Uint8Array[];
  /** `libtensorflowlite_jni.so` by Android's name of the processor. */
  liteLibraries: Map<string, Uint8Array>;
  liteLicense: Uint8Array;
  r8: string;
  android: string;
}

/** @param folder of the app's pom.xml. @param scratch to write a list into. */
export function download(maven: string, folder: string, scratch: string): Downloads {
  const list = join(scratch, 'downloads.txt');
  runTool(maven, ['-B', '-q', 'dependency:build-classpath', `-Dmdep.outputFile=${list}`], folder);
  const files = readFileSync(list, 'utf8').trim().split(delimiter);
  const find = (start: RegExp): string => {
    const file = files.find((candidate) => start.test(basename(candidate)));
    if (file === undefined) throw new Error(`Maven brought nothing named ${start.source}`);
    return file;
  };
  const lite = unzipSync(readFileSync(find(/^tensorflow-lite-\d/)));
  const api = unzipSync(readFileSync(find(/^tensorflow-lite-api-/)));
  const part = (archive: Record<string, Uint8Array>, name: string): Uint8Array => {
    const bytes = archive[name];
    if (!bytes) throw new Error(`TensorFlow Lite’s archive holds no ${name}`);
    return bytes;
  };
  return {
    liteClasses: [part(lite, 'classes.jar'), part(api, 'classes.jar')],
    liteLibraries: new Map(
      ['arm64-v8a', 'armeabi-v7a'].map((processor) => [
        processor,
        part(lite, `jni/${processor}/libtensorflowlite_jni.so`),
      ]),
    ),
    liteLicense: part(lite, 'LICENSE'),
    r8: find(/^r8-/),
    android: find(/^android-all-/),
  };
}
