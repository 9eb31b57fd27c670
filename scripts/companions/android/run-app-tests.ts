import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Downloads } from './downloads';
import { runTool, shortRun } from './run-tool';
import type { BuildTools } from './tools';

/**
 * Runs the app's screen on Android 7 and 14 (Robolectric), with the resources of a finished file, and
 * has Android's own package parser and signature verifier read that file.
 * @param folder `companions`.
 * @param scratch where `buildApk` made the file.
 * @returns what JUnit said: "OK (15 tests)".
 * @throws Error with what failed.
 */
export async function runAppTests(
  folder: string,
  { apk, downloads }: { apk: string; downloads: Downloads },
  tools: BuildTools,
  scratch: string,
): Promise<string> {
  const android = join(folder, 'android');
  const inScratch = (...names: string[]) => join(scratch, 'tests', ...names);
  await mkdir(inScratch('classes', 'com', 'android', 'tools'), { recursive: true });
  const list = inScratch('downloads.txt');
  runTool(
    tools.maven,
    [
      ...['-B', '-q', 'dependency:build-classpath', `-Dmdep.outputFile=${list}`],
      ...['dependency:copy', `-DoutputDirectory=${inScratch('android')}`],
    ],
    join(android, 'app-tests'),
  );
  const jars: string[] = [];
  for (const file of readFileSync(list, 'utf8').trim().split(delimiter)) {
    // Of Android's own archives Java takes the classes alone.
    if (!file.endsWith('.aar')) {
      jars.push(file);
      continue;
    }
    const jar = inScratch(`${basename(file, '.aar')}.jar`);
    await writeFile(jar, unzipSync(readFileSync(file))['classes.jar'] ?? new Uint8Array());
    jars.push(jar);
  }
  const lite = [0, 1].map((index) => join(scratch, `lite-${index}.jar`));
  // Android's classes last: some of the others' are in there, too, and older.
  const classpath = [
    inScratch('classes'),
    join(scratch, 'classes'),
    ...lite,
    ...jars,
    downloads.android,
  ];
  await writeFile(
    inScratch('classes', 'com', 'android', 'tools', 'test_config.properties'),
    [
      `android_resource_apk=${apk}`,
      `android_merged_manifest=${join(android, 'app', 'AndroidManifest.xml')}`,
      'android_custom_package=studio.pocketlens.companion',
    ]
      .join('\n')
      .replaceAll('\\', '/'),
  );
  const sourceFolder = join(android, 'app-tests', 'java', 'studio', 'pocketlens', 'companion');
  const sources = readdirSync(sourceFolder).map((name) => join(sourceFolder, name));
  const tests = sources.map((file) => basename(file, '.java')).filter((name) => /Test$/.test(name));
  const core = ['core', 'src', 'test', 'java', 'studio', 'pocketlens', 'companion', 'core'];
  runTool(tools.javac, [
    ...shortRun.map((option) => `-J${option}`),
    ...['--release', '17', '-encoding', 'UTF-8', '-proc:none', '-nowarn'],
    ...['-cp', classpath.join(delimiter), '-d', inScratch('classes')],
    ...sources,
    join(android, ...core, 'FakeEngine.java'),
  ]);
  const said = runTool(tools.java, [
    ...shortRun,
    ...['-Drobolectric.offline=true', `-Drobolectric.dependency.dir=${inScratch('android')}`],
    ...[`-Dvectors=${join(folder, 'vectors')}`, `-Dapk=${apk}`],
    ...['-cp', classpath.join(delimiter)],
    'org.junit.runner.JUnitCore',
    ...tests.map((name) => `studio.pocketlens.companion.${name}`),
  ]);
  const [ok] = /^OK \(\d+ tests?\)$/m.exec(said) ?? [];
  if (ok === undefined) throw new Error(said);
  return ok;
}
