import { describeError } from '../platform/file-logger';
import type { Logger } from '../platform/logger';
import type { TextStream } from './text-stream';

/**
 * Warnings and defects, with stacks, on stderr. `verbose` (the variable POCKETLENS_LOG) adds what
 * is merely worth knowing.
 */
export function createStderrLogger(stderr: TextStream, verbose: boolean): Logger {
  return {
    info(message) {
      if (verbose) stderr.write(`${message}\n`);
    },
    warn: (message) => void stderr.write(`Warning: ${message}\n`),
    error(message, error) {
      const detail = error === undefined ? '' : `\n${describeError(error)}`;
      stderr.write(`Error: ${message}${detail}\n`);
    },
  };
}
