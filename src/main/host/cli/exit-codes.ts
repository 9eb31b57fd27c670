import { isCancelled } from '../../../shared/api/errors';

export const exitCodes = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const;

/** As `--help` states them. */
export const exitCodesHelp = `
Exit codes:
  0    done
  1    failed; the reason and what to do are on stderr
  2    the command line was not understood
  130  cancelled with Ctrl+C`;

export function exitCodeOf(error: unknown): number {
  return isCancelled(error) ? exitCodes.cancelled : exitCodes.failed;
}
