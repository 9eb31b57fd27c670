import { closeSync, existsSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInputFile, readInputs } from '@main/engine/runtime/native/input-file';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder';

/** Large enough to be worth a file. */
const picture = (value: number) => new Float32Array(16 * 1024).fill(value);

/** The file with another process's look into it. */
function openInputFile(folder = temporaryFolder()) {
  const inputFile = createInputFile(folder);
  if (!inputFile) throw new Error('No file could be made');
  const other = openSync(inputFile.path, 'r');
  onTestFinished(() => {
    inputFile.close();
    closeSync(other);
  });
  const read = (at: number, length = 16 * 1024) => {
    const values = new Float32Array(length);
    readInputs(other, at, [new Uint8Array(values.buffer)]);
    return values;
  };
  return { folder, inputFile, other, read };
}

describe('a file of inputs', () => {
  it('holds those of several inferences at once, and takes a place again when it is free', () => {
    const { inputFile, read } = openInputFile();
    const first = inputFile.put([picture(0.25)]);
    const second = inputFile.put([picture(-1)]);
    expect(second?.at).not.toBe(first?.at);
    expect(read(first?.at ?? -1)).toEqual(picture(0.25));
    expect(read(second?.at ?? -1)).toEqual(picture(-1));
    first?.free();
    const third = inputFile.put([picture(7)]);
    expect(third?.at).toBe(first?.at);
    expect(read(third?.at ?? -1)).toEqual(picture(7));
    expect(read(second?.at ?? -1)).toEqual(picture(-1));
  });

  it('holds several inputs of one inference, and a view of a larger buffer', () => {
    const { inputFile, other } = openInputFile();
    const whole = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251);
    const place = inputFile.put([whole.subarray(1000, 60_000), Int8Array.of(-1, 2, -3)]);
    const memory = [new Uint8Array(59_000), new Uint8Array(3)];
    readInputs(other, place?.at ?? -1, memory);
    expect(Buffer.compare(memory[0] ?? whole, whole.subarray(1000, 60_000))).toBe(0);
    expect(memory[1]).toEqual(Uint8Array.of(255, 2, 253));
  });

  it('leaves few values to messages', () => {
    const { inputFile } = openInputFile();
    expect(inputFile.put([new Float32Array(1280)])).toBeUndefined();
  });

  it('is still read when its name is gone', () => {
    const { folder, inputFile, read } = openInputFile();
    inputFile.unlink();
    expect(readdirSync(folder)).toEqual([]);
    const place = inputFile.put([picture(3)]);
    expect(read(place?.at ?? -1)).toEqual(picture(3));
  });

  it('says so when there is less in it than the model takes', () => {
    const { inputFile, read } = openInputFile();
    const place = inputFile.put([picture(1)]);
    expect(() => read((place?.at ?? 0) + 4)).toThrow(/inputs end after 65532 bytes/);
  });

  it('takes nothing once it is closed, and is not there where no file can be made', () => {
    const { inputFile, folder } = openInputFile();
    inputFile.close();
    expect(inputFile.put([picture(1)])).toBeUndefined();
    const noFolder = join(folder, 'file');
    writeFileSync(noFolder, '');
    expect(createInputFile(noFolder)).toBeUndefined();
    expect(createInputFile(join(folder, 'nowhere'))).toBeUndefined();
  });
});

it('leaves no file behind where it is made by itself', () => {
  const inputFile = createInputFile();
  expect(inputFile && existsSync(inputFile.path)).toBe(true);
  inputFile?.unlink();
  inputFile?.close();
  expect(inputFile && existsSync(inputFile.path)).toBe(false);
});
