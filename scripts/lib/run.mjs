import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

const windows = process.platform === 'win32';

/**
 * Runs a program and waits. `npm` and `npx` are found on every system. Returns whether it went
 * well; its output goes to the terminal (or nowhere with `quiet`).
 */
export function run(command, args, { quiet = false, env = {}, timeoutMs } = {}) {
  const script = windows && (command === 'npm' || command === 'npx');
  const { status } = spawnSync(script ? `${command}.cmd` : command, args, {
    cwd: root,
    stdio: quiet ? 'ignore' : ['ignore', 'inherit', 'inherit'],
    shell: script,
    timeout: timeoutMs,
    env: { ...process.env, ...env },
  });
  return status === 0;
}

/** Progress for people: to stderr, so that what a command prints stays clean. */
export function say(message) {
  process.stderr.write(`${message}\n`);
}

/** Ends the program with a sentence and what to do about it. */
export function fail(message, remedy) {
  say(`\n${message}${remedy ? `\n${remedy}` : ''}`);
  process.exit(1);
}
