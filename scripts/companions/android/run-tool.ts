import { spawnSync } from 'node:child_process';

/** For a Java that ends within a minute: what it would gain by better code later is lost on making it. */
export const shortRun = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/**
 * Runs a program to its end. @param environment is added to this process's.
 * @returns what it wrote to its output and its error output.
 * @throws Error with what it said when it fails.
 */
export function runTool(
  program: string,
  args: readonly string[],
  cwd?: string,
  environment: Readonly<Record<string, string>> = {},
): string {
  const shell = process.platform === 'win32' && /\.(cmd|bat)$/.test(program);
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    shell,
    env: { ...process.env, ...environment },
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (status === 0) return `${stdout}${stderr}`;
  const said = error?.message ?? `${stdout}${stderr}`.trim().split('\n').slice(0, 60).join('\n');
  throw new Error(`${program} failed:\n${said}`);
}
