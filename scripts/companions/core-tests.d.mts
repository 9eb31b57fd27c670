export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

export function whyUntested(output: string): string | undefined;
export function countJunit(texts: readonly string[]): TestCounts;
export function runCoreTests(): { counts?: TestCounts; problem?: string; untested?: string };
