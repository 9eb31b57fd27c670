import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { studioHome } from '../fixtures/studio-home';

const builtProgram = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));

export interface Ended {
  /** undefined when a signal ended it. */
  code: number | undefined;
  stdout: string;
  stderr: string;
}

export interface RunningProgram {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Resolves when it has said something like `pattern` on either stream; rejects when it ends before. */
  untilSaid(pattern: RegExp): Promise<string>;
  signal(name: NodeJS.Signals): void;
}

/** The built command line, with settings in `home` so that none of this machine's are touched. */
export interface Program {
  start(args: readonly string[], options?: RunOptions): RunningProgram;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /**
   * Runs with `--json` and gives what was printed.
   * @throws Error when it did not end with `code`, or printed anything but one JSON text.
   */
  json<Answer>(args: readonly string[], options?: RunOptions & { code?: number }): Promise<Answer>;
  /** Ends what is still running; nothing of it may outlive the tests. */
  dispose(): Promise<void>;
}

interface RunOptions {
  /** Working directory; default: that of the tests. */
  cwd?: string;
}

export function createProgram(home: string): Program {
  if (!existsSync(builtProgram)) {
    throw new Error('The studio is not built. Run "npm run build" before these tests.');
  }
  const running = new Set<ChildProcess>();

  function start(args: readonly string[], { cwd }: RunOptions = {}): RunningProgram {
    const child = spawn(process.execPath, [builtProgram, ...args], {
      cwd,
      env: studioHome(join(home, 'pocketlens-home')),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const said = { stdout: '', stderr: '' };
    const waiting = new Set<() => void>();
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        said[stream] += text;
        for (const look of waiting) look();
      });
    }
    const ended = once(child, 'close').then(([code]): Ended => {
      running.delete(child);
      return { code: typeof code === 'number' ? code : undefined, ...said };
    });
    return {
      pid: child.pid ?? 0,
      ended,
      untilSaid: (pattern) =>
        new Promise((resolve, reject) => {
          const look = () => {
            const [found] = pattern.exec(said.stdout) ?? pattern.exec(said.stderr) ?? [];
            if (found === undefined) return;
            waiting.delete(look);
            resolve(found);
          };
          waiting.add(look);
          look();
          void ended.then(({ code }) =>
            reject(new Error(`It ended with ${code} before saying ${pattern}:\n${said.stderr}`)),
          );
        }),
      signal: (name) => void child.kill(name),
    };
  }

  const run: Program['run'] = (args, options) => start(args, options).ended;

  return {
    start,
    run,
    async json<Answer>(
      args: readonly string[],
      { code = 0, ...options }: RunOptions & { code?: number } = {},
    ) {
      const ended = await run([...args, '--json'], options);
      if (ended.code !== code) {
        throw new Error(`${args.join(' ')} ended with ${ended.code}:\n${ended.stderr}`);
      }
      return JSON.parse(ended.stdout) as Answer;
    },
    async dispose() {
      const gone = [...running].map((child) => once(child, 'close'));
      for (const child of running) child.kill('SIGKILL');
      await Promise.all(gone);
    },
  };
}
