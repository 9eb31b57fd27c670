import type { Logger } from '@main/platform/logger';

/** Keeps what is logged, as `level: message`. */
export function createRecordingLogger(): Logger & { lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    info: (message) => void lines.push(`info: ${message}`),
    warn: (message) => void lines.push(`warn: ${message}`),
    error: (message, error) =>
      void lines.push(`error: ${message}${error === undefined ? '' : ` ${String(error)}`}`),
  };
}
