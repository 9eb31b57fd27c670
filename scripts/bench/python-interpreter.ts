import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { inProject } from './bench-app';

const answerSchema = z.object({ version: z.string(), ms: z.array(z.number()) });

/**
 * What Python's interpreter needs for the same files, milliseconds; a sentence where it is not there.
 * `POCKETLENS_PYTHON` names a Python that has the package ai-edge-litert (numpy comes with it).
 */
export async function timePythonInterpreter(
  files: readonly Uint8Array[],
  { warmups, runs }: { warmups: number; runs: number },
): Promise<{ version: string; ms: number[] } | string> {
  const python = process.env['POCKETLENS_PYTHON'] ?? 'python3';
  const folder = await mkdtemp(join(tmpdir(), 'pocketlens-python-'));
  try {
    const paths = files.map((_, index) => join(folder, `${index}.tflite`));
    await Promise.all(files.map((file, index) => writeFile(paths[index] ?? '', file)));
    const script = inProject('scripts/bench/python_interpreter.py');
    const { stdout } = await promisify(execFile)(python, [
      script,
      String(warmups),
      String(runs),
      ...paths,
    ]);
    return answerSchema.parse(JSON.parse(stdout));
  } catch (error) {
    const lines = error instanceof Error ? error.message.trim().split('\n') : [String(error)];
    return `not measured: ${python} has no ai-edge-litert (${lines.at(-1)})`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
