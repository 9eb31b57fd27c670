import type { Logger } from '../platform/logger';
import type { TextStream } from './text-stream';

/**
 * The command line keeps no log file: warnings and defects go to stderr, with stacks. `verbose`
 * (the variable POCKETLENS_LOG) adds what is merely worth knowing.
 */
export function createStderrLogger(stderr: TextStream, verbose: boolean): Logger {
  return {
    info(message) {
      if (verbose) stderr.write(`${message}\n`);
    },
    warn: (message) => void stderr.write(`Warning: ${message}\n`),
    error(message, error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : error;
      stderr.write(`Error: ${message}${detail === undefined ? '' : `\n${String(detail)}`}\n`);
    },
  };
}
