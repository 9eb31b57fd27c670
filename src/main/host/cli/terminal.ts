import type { TextStream } from '../text-stream';

/**
 * The command line's output, and the only place that writes to the streams. Answers go to stdout
 * and nothing else does; progress and errors go to stderr.
 */
export interface Terminal {
  /** A line of the answer. */
  print(text: string): void;
  /** A line for whoever watches. */
  note(text: string): void;
  /**
   * What is going on: in a terminal one line that is rewritten, elsewhere a line whenever
   * `milestone` differs from the last one.
   */
  progress(line: string, milestone: string): void;
  /** Ends the line that is being rewritten. */
  endProgress(): void;
}

export function createTerminal(stdout: TextStream, stderr: TextStream): Terminal {
  let drawn = false;
  let lastMilestone: string | undefined;

  function endProgress(): void {
    if (drawn) stderr.write('\r\x1b[2K');
    drawn = false;
    lastMilestone = undefined;
  }

  return {
    print(text) {
      endProgress();
      stdout.write(`${text}\n`);
    },
    note(text) {
      endProgress();
      stderr.write(`${text}\n`);
    },
    progress(line, milestone) {
      if (stderr.isTTY) {
        // A line that wraps could not be taken back.
        stderr.write(
          `\r\x1b[2K${Array.from(line)
            .slice(0, (stderr.columns ?? 80) - 1)
            .join('')}`,
        );
        drawn = true;
      } else if (milestone !== lastMilestone) {
        stderr.write(`${line}\n`);
        lastMilestone = milestone;
      }
    },
    endProgress,
  };
}
