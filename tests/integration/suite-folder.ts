import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** An empty folder that is removed when all tests of the file have finished. */
export function suiteFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pocketlens-integration-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
