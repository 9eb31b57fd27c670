// Every check of the project, in the order in which a mistake is cheapest to find. Prints what
// each runner reports and ends with the sum of their counts: "N passed, N failed[, N skipped]".
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCoreTests } from './companions/core-tests.mjs';
import { runSwiftCoreTests } from './companions/swift-core-tests.mjs';
import { root, run, say } from './lib/run.mjs';

const reports = join(root, 'test-results', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };
const broken = [];

function check(name, command, args, env) {
  say(`\n── ${name}`);
  if (!run(command, args, { env })) broken.push(name);
}

check('Lint and format', 'npm', ['run', '--silent', 'lint']);
check('Types', 'npm', ['run', '--silent', 'typecheck']);

const vitestReport = join(reports, 'vitest.json');
check('Unit, contract, architecture and integration tests', 'npx', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitestReport}`,
]);
add('vitest', vitestReport, (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  skipped: report.numPendingTests + report.numTodoTests,
}));

await checkCore('Tests of the Android app’s core in Java', runCoreTests);
await checkCore('Tests of the iPhone app’s core in Swift', runSwiftCoreTests);

const playwrightReport = join(reports, 'playwright.json');
check('End-to-end tests in Chromium', 'npx', ['playwright', 'test', '--reporter=list,json'], {
  PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
});
add('Playwright', playwrightReport, ({ stats }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected,
  skipped: stats.skipped,
}));

if (broken.length > 0) say(`\nNot passed: ${broken.join('; ')}`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(broken.length === 0 && total.failed === 0 ? 0 : 1);

async function checkCore(name, runTests) {
  say(`\n── ${name}`);
  const { counts, problem, untested } = await runTests();
  if (untested) say(`Not run here: ${untested}`);
  if (problem) {
    say(problem);
    broken.push(name);
  }
  if (counts) {
    say(`${counts.passed} passed, ${counts.failed} failed`);
    addCounts(counts);
  }
}

function add(runner, file, count) {
  try {
    addCounts(count(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    broken.push(`${runner} left no report (${error.message})`);
  }
}

function addCounts(counts) {
  for (const key of Object.keys(total)) total[key] += counts[key];
}
