import { closeSync, existsSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TensorData } from '../runtime';

/** Below this a message is as fast as two calls of the system. */
const fewestBytes = 32 * 1024;

/** Memory with the face of a folder, where the system has it. */
const sharedMemory = '/dev/shm';

/** Where one inference's inputs lie, until `free` is called. */
export interface InputPlace {
  /** Bytes from the start of the file. */
  readonly at: number;
  free(): void;
}

/**
 * Inputs on their way to the process: written into a file whose pages both processes share, and read from there
 * straight into the tensors. Through the channel of messages the same bytes are serialized, cut into pieces for
 * a pipe, put together and copied again.
 */
export interface InputFile {
  readonly path: string;
  /**
   * Writes the inputs of one inference, one after another, where no other's lie that is still waiting.
   * @returns undefined for few bytes, and where the file can't take them: they go as a message then.
   */
  put(values: readonly TensorData[]): InputPlace | undefined;
  /** Takes its name away, once the other process has opened it: nothing is left behind by whatever end. */
  unlink(): void;
  close(): void;
}

/** For the inferences of one model, whose inputs are all of one size. Undefined where no file can be made. */
export function createInputFile(folder = defaultFolder()): InputFile | undefined {
  const path = join(folder, `pocketlens-input-${randomUUID()}`);
  const file = tried(() => openSync(path, 'wx+', 0o600));
  if (file === undefined) return undefined;
  /** By place; a place is free again when its inference has answered. */
  const taken: boolean[] = [];
  /** The number of a closed file may be another file's. */
  let isOpen = true;
  return {
    path,
    put(values) {
      const size = values.reduce((sum, { byteLength }) => sum + byteLength, 0);
      if (!isOpen || size < fewestBytes) return undefined;
      const free = taken.indexOf(false);
      const place = free < 0 ? taken.length : free;
      const at = place * size;
      const isWritten = tried(() => {
        let position = at;
        for (const value of values) {
          const written = writeSync(file, value, 0, value.byteLength, position);
          if (written !== value.byteLength) return false;
          position += written;
        }
        return true;
      });
      if (isWritten !== true) return undefined;
      taken[place] = true;
      return { at, free: () => void (taken[place] = false) };
    },
    unlink() {
      tried(() => unlinkSync(path));
    },
    close() {
      if (isOpen) tried(() => closeSync(file));
      isOpen = false;
    },
  };
}

/** Fills memory with what the other process wrote from `at` on. @throws Error when it ends before. */
export function readInputs(file: number, at: number, memory: readonly Uint8Array[]): void {
  let position = at;
  for (const bytes of memory) {
    const read = readSync(file, bytes, 0, bytes.byteLength, position);
    if (read !== bytes.byteLength) throw new Error(`inputs end after ${read} bytes`);
    position += read;
  }
}

const defaultFolder = (): string => (existsSync(sharedMemory) ? sharedMemory : tmpdir());

function tried<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
