import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a shell prints, on either stream, and its end. */
export interface ShellHooks {
  output(bytes: Buffer): void;
  ended(): void;
}

interface Said {
  id: number;
  /** Absent: it has ended. */
  bytes?: Uint8Array;
}

const spawnerFile = fileURLToPath(new URL('shell-spawner.mjs', import.meta.url));

const running = new Map<number, ShellHooks>();
let nextId = 0;
let spawner: ChildProcess | undefined;

/** One for the tests of a file; it ends with them. */
function spawnerOfTests(): ChildProcess {
  if (spawner) return spawner;
  const child = fork(spawnerFile, { serialization: 'advanced', stdio: 'ignore', execArgv: [] });
  child.on('message', ({ id, bytes }: Said) => {
    const hooks = running.get(id);
    if (bytes) return hooks?.output(Buffer.from(bytes));
    running.delete(id);
    hooks?.ended();
  });
  child.unref();
  child.channel?.unref();
  spawner = child;
  return child;
}

/** Runs a script of the system's shell. @returns the function that stops it. */
export function runShellScript(script: string, hooks: ShellHooks): () => void {
  const id = nextId++;
  running.set(id, hooks);
  const child = spawnerOfTests();
  child.send({ id, script });
  return () => void (child.connected && child.send({ id, stop: true }));
}
