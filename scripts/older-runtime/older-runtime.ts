import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { TensorData } from '../../src/main/engine/runtime/runtime';

const versionSchema = z.object({ package: z.string(), version: z.string(), python: z.string() });
const answerSchema = z.union([
  z.object({ answers: z.array(z.array(z.number())) }),
  z.object({ refused: z.string() }),
]);

/** Stored values of the output, a row a picture; or what the runtime said instead. */
export type OlderAnswer = z.infer<typeof answerSchema>;

/** An older TFLite runtime in a Python of the user's. */
export interface OlderRuntime {
  /** "tflite-runtime 2.14.0" */
  name: string;
  /** "3.11.7" */
  python: string;
  /** Each file in a process of its own: an old runtime may end with its process over one. */
  run(file: Uint8Array, pictures: readonly TensorData[]): Promise<OlderAnswer>;
}

/** A sentence about what is missing where `python` has no runtime. */
export async function findOlderRuntime(python: string): Promise<OlderRuntime | string> {
  const said = await ask(python, []);
  if ('failed' in said) {
    return `Nothing was checked: ${python} has neither tflite-runtime nor ai-edge-litert (${said.failed}). Make a virtual environment with tflite-runtime and numpy below 2, and name its Python in POCKETLENS_PYTHON.`;
  }
  const found = versionSchema.parse(said.answer);
  return {
    name: `${found.package} ${found.version}`,
    python: found.python,
    async run(file, pictures) {
      const folder = await mkdtemp(join(tmpdir(), 'pocketlens-older-'));
      const [model, inputs] = [join(folder, 'model.tflite'), join(folder, 'pictures')];
      try {
        await writeFile(model, file);
        await writeFile(inputs, Buffer.concat(pictures.map(bytesOf)));
        const ran = await ask(python, [model, inputs]);
        if ('failed' in ran) return { refused: `its process ended: ${ran.failed}` };
        return answerSchema.parse(ran.answer);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function ask(
  python: string,
  args: string[],
): Promise<{ answer: unknown } | { failed: string }> {
  const script = fileURLToPath(new URL('older_runtime.py', import.meta.url));
  try {
    const { stdout } = await promisify(execFile)(python, [script, ...args], {
      maxBuffer: 1 << 26,
    });
    return { answer: JSON.parse(stdout) };
  } catch (error) {
    const lines = error instanceof Error ? error.message.trim().split('\n') : [String(error)];
    return { failed: lines.at(-1) ?? '' };
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: TensorData): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
