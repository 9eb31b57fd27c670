import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from './logger';

/** A full file becomes `.1`, replacing the one before: at most twice this is kept. */
const MAXIMUM_BYTES = 4 * 1024 ** 2;

/**
 * Appends to a file, line by line and at once, so that the last words before a crash are there.
 * A log that can't be written is no reason to fail: its lines are lost.
 */
export function createFileLogger(file: string, now: () => Date = () => new Date()): Logger {
  let size: number | undefined;

  function write(level: string, message: string): void {
    const line = `${now().toISOString()} ${level} ${message}\n`;
    try {
      size ??= openSize(file);
      if (size > MAXIMUM_BYTES) {
        renameSync(file, `${file}.1`);
        size = 0;
      }
      appendFileSync(file, line);
      size += line.length;
    } catch {
      size = undefined;
    }
  }

  return {
    info: (message) => write('info', message),
    warn: (message) => write('warn', message),
    error: (message, error) =>
      write('error', error === undefined ? message : `${message}: ${describeError(error)}`),
  };
}

function openSize(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The stack of an error and of what caused it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\n  caused by ${describeError(error.cause)}`;
}

/** Tells several loggers everything. */
export function joinLoggers(...loggers: readonly Logger[]): Logger {
  return {
    info: (message) => loggers.forEach((logger) => logger.info(message)),
    warn: (message) => loggers.forEach((logger) => logger.warn(message)),
    error: (message, error) => loggers.forEach((logger) => logger.error(message, error)),
  };
}
