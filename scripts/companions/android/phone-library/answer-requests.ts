import { mkdir } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runTool, shortRun } from '../run-tool';
import { javaWith, type PhoneLibrary } from './phone-library';

/**
 * Has the app's own code, without its screen, answer the requests in a pushed folder: its preprocessing, its
 * interpreter wrapper, its protocol. Only photos are decoded by Java's decoder instead of Android's.
 * @param android `companions/android`. @param pushed left with `results/<id>.json`.
 * @throws Error with what Java said.
 */
export async function answerRequests(
  android: string,
  library: PhoneLibrary,
  pushed: string,
  scratch: string,
): Promise<void> {
  const classes = join(scratch, 'phone-classes');
  const own = join(scratch, 'private');
  await mkdir(classes, { recursive: true });
  await mkdir(own, { recursive: true });
  const inPackage = ['java', 'studio', 'pocketlens', 'companion'];
  const core = join(android, 'core', 'src', 'main', ...inPackage, 'core');
  const { options, environment } = javaWith(library);
  runTool('javac', [
    ...shortRun.map((option) => `-J${option}`),
    ...['--release', '11', '-encoding', 'UTF-8', '-proc:none', '-nowarn'],
    ...['-cp', library.jars.join(delimiter), '-d', classes],
    ...readdirSync(core).map((name) => join(core, name)),
    join(android, 'core', 'src', 'test', ...inPackage, 'core', 'Vectors.java'),
    join(android, 'app', ...inPackage, 'LiteRtEngine.java'),
    join(android, 'library-tests', ...inPackage, 'AnswerRequests.java'),
  ]);
  runTool(
    'java',
    [
      ...shortRun,
      ...options,
      ...['-cp', [classes, ...library.jars].join(delimiter)],
      ...['studio.pocketlens.companion.AnswerRequests', pushed, own],
    ],
    undefined,
    environment,
  );
}
