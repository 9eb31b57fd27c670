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

export function listenForInterrupts(own: InterruptibleProcess): Interrupts {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) own.exit(exitCodes.cancelled);
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
