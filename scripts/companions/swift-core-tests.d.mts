import type { TestCounts } from './core-tests.mjs';

export function isSwift(versionOutput: string): boolean;
export function countXctest(output: string): TestCounts | undefined;
export function decodePhotos(from: string, to: string): Promise<void>;
export function runSwiftCoreTests(): Promise<{
  counts?: TestCounts;
  problem?: string;
  untested?: string;
}>;
