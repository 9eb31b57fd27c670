import { exitCodes } from './exit-codes';

/** What of a process this needs, so that tests can stand in. */
export interface InterruptibleProcess {
  on(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): void;
}

export interface Interrupts {
  /** Aborted by the first Ctrl+C. The second ends the program at once. */
  readonly signal: AbortSignal;
  dispose(): void;
}

/**
 * One Ctrl+C can arrive twice: the terminal sends it to every process of the group, and npm passes
 * on what it got. A person is slower than this.
 */
const echoMs = 500;

export function listenForInterrupts(
  own: InterruptibleProcess,
  now: () => number = Date.now,
): Interrupts {
  const controller = new AbortController();
  let first: number | undefined;
  const interrupt = () => {
    if (first !== undefined && now() - first > echoMs) own.exit(exitCodes.cancelled);
    first ??= now();
    controller.abort();
  };
  own.on('SIGINT', interrupt);
  own.on('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    dispose() {
      own.off('SIGINT', interrupt);
      own.off('SIGTERM', interrupt);
    },
  };
}
