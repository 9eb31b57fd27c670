import { resolve } from 'node:path';
import type { StudioClient } from '../../../shared/api/contract';
import { AppError, throwIfCancelled, toShape } from '../../../shared/api/errors';
import type { StudioApp } from '../../app/studio-app';
import type { HostEnvironment } from '../../platform/host-environment';
import { exitCodeOf } from './exit-codes';
import type { Terminal } from './terminal';

/** What a command is given by the entry point, or by a test. */
export interface CommandLine {
  terminal: Terminal;
  environment: HostEnvironment;
  createApp(environment: HostEnvironment): Promise<StudioApp>;
  /** The built interface, for `serve`. */
  rendererFolder: string;
  openBrowser(url: string): Promise<unknown>;
  /** Aborted by Ctrl+C. */
  signal: AbortSignal;
  setExitCode(code: number): void;
}

/** A command's answer: the object for --json, and the same for people. */
export interface Answer {
  json: object;
  text: string;
}

/**
 * Runs a command's work and prints its answer; an error becomes "message — remedy" on stderr, or
 * with --json an object with `error` on stdout, and the exit code.
 */
export async function runCommand(
  line: CommandLine,
  { json }: { json?: boolean },
  work: () => Promise<Answer>,
): Promise<void> {
  try {
    const answer = await work();
    line.terminal.print(json ? JSON.stringify(answer.json, undefined, 2) : answer.text);
  } catch (error) {
    if (!(error instanceof AppError)) line.environment.log.error('A command failed', error);
    const shape = toShape(error);
    if (json) line.terminal.print(JSON.stringify({ error: shape }, undefined, 2));
    line.terminal.note([shape.message, shape.remedy].filter(Boolean).join(' — '));
    line.setExitCode(exitCodeOf(error));
  } finally {
    line.terminal.endProgress();
  }
}

/** Makes the program, lends it, and ends it whatever happens. */
export async function withApp<Result>(
  line: CommandLine,
  work: (app: StudioApp, client: StudioClient) => Promise<Result>,
  environment: HostEnvironment = line.environment,
): Promise<Result> {
  throwIfCancelled(line.signal);
  const app = await line.createApp(environment);
  try {
    return await work(app, app.client());
  } finally {
    await app.dispose();
  }
}

/** The same with a project opened. */
export function withProject<Result>(
  line: CommandLine,
  folder: string,
  work: (app: StudioApp, client: StudioClient) => Promise<Result>,
): Promise<Result> {
  return withApp(line, async (app, client) => {
    await app.openProject(resolve(folder));
    return work(app, client);
  });
}
