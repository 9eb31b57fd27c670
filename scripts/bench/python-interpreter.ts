import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { inProject } from './bench-app';

const versionSchema = z.object({ version: z.string() });
const timesSchema = z.object({ ms: z.array(z.number()) });

/** Python's interpreter with some files loaded, one thread. */
export interface PythonInterpreter {
  version: string;
  /** Milliseconds of each of so many inferences of a file. */
  run(file: number, runs: number): Promise<number[]>;
  end(): Promise<void>;
}

/**
 * Starts it; a sentence where it is not there.
 * `POCKETLENS_PYTHON` names a Python that has the package ai-edge-litert (numpy comes with it).
 */
export async function openPythonInterpreter(
  files: readonly Uint8Array[],
): Promise<PythonInterpreter | string> {
  const python = process.env['POCKETLENS_PYTHON'] ?? 'python3';
  const folder = await mkdtemp(join(tmpdir(), 'pocketlens-python-'));
  const paths = files.map((_, index) => join(folder, `${index}.tflite`));
  await Promise.all(files.map((file, index) => writeFile(paths[index] ?? '', file)));
  const script = inProject('scripts/bench/python_interpreter.py');
  const child = spawn(python, [script, ...paths], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  child.on('error', (error) => (complaint += error.message));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done) throw new Error(complaint.trim().split('\n').at(-1) ?? 'it ended');
    return JSON.parse(line.value);
  };
  const end = async () => {
    child.kill();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { version } = versionSchema.parse(await answer());
    return {
      version,
      async run(file, runs) {
        child.stdin.write(`${file} ${runs}\n`);
        return timesSchema.parse(await answer()).ms;
      },
      end,
    };
  } catch (error) {
    await end();
    const reason = error instanceof Error ? error.message : String(error);
    return `not measured: ${python} has no ai-edge-litert (${reason})`;
  }
}
