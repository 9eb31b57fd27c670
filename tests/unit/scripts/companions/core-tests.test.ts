import { describe, expect, test } from 'vitest';
import { countJunit, whyUntested } from '../../../../scripts/companions/core-tests.mjs';

describe('the counts of JUnit’s reports', () => {
  test('are added up', () => {
    const report = (counts: string) =>
      `<?xml version="1.0"?>\n<testsuite name="A" time="0.1" ${counts}>\n<testcase tests="9"/></testsuite>`;
    expect(
      countJunit([
        report('tests="5" errors="1" skipped="1" failures="1"'),
        report('tests="2" errors="0" skipped="0" failures="0"'),
      ]),
    ).toEqual({ passed: 4, failed: 2, skipped: 1 });
  });

  test('must be there', () => {
    expect(() => countJunit(['<testsuite name="A">'])).toThrow('no counts');
  });
});

describe('a run of Maven that failed', () => {
  test('is excused where its downloads can’t be reached', () => {
    for (const said of [
      'Could not transfer artifact junit:junit:pom:4.13.2 from/to central: Unknown host',
      'Cannot access central in offline mode and the artifact junit:junit has not been downloaded',
    ]) {
      expect(whyUntested(said)).toContain('could not download');
    }
  });

  test('is a failure where code or pom.xml are wrong', () => {
    expect(whyUntested('COMPILATION ERROR : cannot find symbol')).toBeUndefined();
    expect(whyUntested('Could not find artifact junit:junit:jar:99 in central')).toBeUndefined();
  });
});
