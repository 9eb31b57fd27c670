// The tests of the Android app's core: JUnit by Maven, where Java and Maven are. Maven keeps what it
// downloads in its own folder, outside the clone.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/run.mjs';

const folder = join(root, 'companions', 'android', 'core');
const reports = join(folder, 'target', 'surefire-reports');
const limitMs = 150_000;

/**
 * What Maven says when it cannot reach what it has to download. A file that is not on the server
 * ("Could not find artifact") is no such thing but a mistake in pom.xml.
 */
const unreachable =
  /Could not transfer (artifact|metadata)|Cannot access \S+ \(?\S* ?in offline mode|offline mode and the artifact/;
const notThere = /Could not find artifact/;

/** Why a run of Maven that failed is no failure of ours; undefined when it is one. */
export function whyUntested(output) {
  const isMissing = unreachable.test(output) && !notThere.test(output);
  return isMissing
    ? 'Maven could not download what it needs; with a network it is kept from then on.'
    : undefined;
}

/** Counts of JUnit's XML reports: the attributes of their first element. */
export function countJunit(texts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const text of texts) {
    const [suite = ''] = /<testsuite\b[^>]*>/.exec(text) ?? [];
    const count = (name) =>
      Number(new RegExp(`\\s${name}="(\\d+)"`).exec(suite)?.[1] ?? Number.NaN);
    const failed = count('failures') + count('errors');
    if (Number.isNaN(failed)) throw new Error('A report of JUnit has no counts');
    total.failed += failed;
    total.skipped += count('skipped');
    total.passed += count('tests') - failed - count('skipped');
  }
  return total;
}

/** Why the tests can't run on this machine; undefined when they can. */
function whatIsMissing() {
  for (const [program, option, name] of [
    ['javac', '-version', 'a Java development kit (11 or newer)'],
    ['mvn', '-version', 'Maven'],
  ]) {
    const shell = process.platform === 'win32';
    if (spawnSync(program, [option], { stdio: 'ignore', shell }).status !== 0) {
      return `${name} was not found.`;
    }
  }
  return undefined;
}

/**
 * Runs the tests.
 * @returns their counts, `problem` when they could not be run to their end, or `untested` with a
 * sentence where this machine lacks something.
 */
export function runCoreTests() {
  const missing = whatIsMissing();
  if (missing) return { untested: missing };
  rmSync(reports, { recursive: true, force: true });
  const { status, stdout, stderr, error } = spawnSync(
    'mvn',
    [
      '-B',
      '-Dstyle.color=never',
      // Of Maven 3.8 and of 3.9: where nothing answers, say so soon.
      '-Dmaven.wagon.http.connectionTimeout=10000',
      '-Daether.connector.connectTimeout=10000',
      '-Dmaven.wagon.http.retryHandler.count=1',
      'test',
    ],
    {
      cwd: folder,
      encoding: 'utf8',
      timeout: limitMs,
      shell: process.platform === 'win32',
      maxBuffer: 64 << 20,
    },
  );
  const output = `${stdout}${stderr}`;
  const downloads = output.includes('Downloading from');
  if (error?.code === 'ETIMEDOUT' && downloads) {
    return { untested: 'Maven’s downloads took too long; what it has is kept for the next time.' };
  }
  const counts = countReports();
  if (status !== 0 && counts === undefined) {
    const untested = whyUntested(output);
    return untested === undefined ? { problem: lastLines(output) } : { untested };
  }
  if (counts === undefined) return { problem: 'JUnit left no report.' };
  return status === 0 ? { counts } : { counts, problem: lastLines(output) };
}

function countReports() {
  let names;
  try {
    names = readdirSync(reports).filter((name) => /^TEST-.*\.xml$/.test(name));
  } catch {
    return undefined;
  }
  if (names.length === 0) return undefined;
  return countJunit(names.map((name) => readFileSync(join(reports, name), 'utf8')));
}

const lastLines = (output) =>
  output
    .split('\n')
    .filter((line) => line.includes('ERROR'))
    .slice(0, 20)
    .join('\n');
