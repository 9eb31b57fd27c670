import { spawn } from 'node:child_process';

/**
 * Runs a program in this one's place: same terminal, same folder, its exit code ours. npm moves to
 * the project's folder; paths in arguments are meant from where the person stood.
 */
export function becomeProgram(program, args) {
  const child = spawn(program, args, {
    stdio: 'inherit',
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
  });
  // Ctrl+C reaches the child by itself, which ends in its own time; others are passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${program} could not be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
