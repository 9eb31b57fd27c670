import type { Logger } from '@main/platform/logger';

export interface FakeLogger extends Logger {
  readonly lines: string[];
}

export function createFakeLogger(): FakeLogger {
  const lines: string[] = [];
  return {
    lines,
    info: (message) => void lines.push(`info ${message}`),
    warn: (message) => void lines.push(`warn ${message}`),
    error: (message, error) => void lines.push(`error ${message}: ${String(error)}`),
  };
}
