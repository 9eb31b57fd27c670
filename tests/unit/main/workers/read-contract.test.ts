import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachMetadata } from '@main/engine/graph/model-metadata';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { readContract } from '@main/workers/read-contract';
import { describe, expect, it } from 'vitest';
import { createFakeRuntime } from '../../../fakes/fake-runtime';
import { createTaskContext } from '../../../fakes/fake-task-context';
import { smallClassifier, smallContract } from '../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const preprocessing = smallContract();
const beside = { ...preprocessing, cropFraction: 0.5 };
const bare = () => writeTflite(smallClassifier());

function read(modelFile: string, signal = new AbortController().signal) {
  return readContract({ modelFile }, createTaskContext(createFakeRuntime(), { signal }));
}

function write(name: string, data: string | Uint8Array, folder = temporaryFolder()) {
  const path = join(folder, name);
  writeFileSync(path, data);
  return { path, folder };
}

describe('the contract of a model', () => {
  it('is read from the file itself, whatever lies beside it', async () => {
    const description = { name: 'x', description: 'x', author: 'x', license: 'x', preprocessing };
    const { path, folder } = write('m.tflite', attachMetadata(smallClassifier(), description));
    write('m.json', JSON.stringify(beside), folder);
    expect(await read(path)).toEqual({ preprocessing });
  });

  it.each(['m.json', 'preprocessing.json'])('else from %s beside it', async (name) => {
    const { path, folder } = write('m.tflite', bare());
    write(name, JSON.stringify(beside), folder);
    expect(await read(path)).toEqual({ preprocessing: beside });
  });

  it.each(['not json', '{}', JSON.stringify({ ...beside, version: 2 })])(
    'is missing where the file beside it reads %s',
    async (text) => {
      const { path, folder } = write('m.tflite', bare());
      write('m.json', text, folder);
      await expect(read(path)).rejects.toMatchObject({
        code: 'model-unsupported',
        remedy: expect.stringContaining('preprocessing.json'),
      });
    },
  );

  it('can’t be read from what is no model, or not there', async () => {
    const { path, folder } = write('m.tflite', 'hello');
    mkdirSync(join(folder, 'folder.tflite'));
    for (const model of [path, join(folder, 'none.tflite'), join(folder, 'folder.tflite')]) {
      await expect(read(model)).rejects.toMatchObject({ code: 'model-unreadable' });
    }
  });

  it('is not read after a cancel', async () => {
    const { path } = write('m.tflite', bare());
    await expect(read(path, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
