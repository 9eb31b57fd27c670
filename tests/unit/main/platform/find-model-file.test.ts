import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelFileAt, onlyModelFile } from '@main/platform/find-model-file';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

/** @returns the path of the folder they are in. */
function folderWith(...names: string[]): string {
  const folder = temporaryFolder();
  for (const name of names) writeFileSync(join(folder, name), name);
  return folder;
}

it.each([
  ['net.onnx', 'an ONNX model', 'onnx2tf'],
  ['net.h5', 'a Keras model', 'from_keras_model'],
  ['net.keras', 'a Keras model', 'from_keras_model'],
  ['net.pth', 'a model or weights of PyTorch', 'torch.onnx.export'],
  ['saved_model.pb', 'a SavedModel or graph of TensorFlow', 'from_saved_model'],
])('%s is called by its name, with what makes a file of it that opens', async (name, what, how) => {
  const folder = folderWith(name);
  const refusal = {
    code: 'model-unsupported',
    message: `${name} is ${what}, which the studio does not read.`,
    remedy: expect.stringContaining(how),
  };
  await expect(onlyModelFile([join(folder, name)])).rejects.toMatchObject(refusal);
  await expect(onlyModelFile([folder])).rejects.toMatchObject(refusal);
  await expect(modelFileAt(join(folder, name))).rejects.toMatchObject(refusal);
  await expect(modelFileAt(folder)).rejects.toMatchObject(refusal);
});

it('a package, which is a folder, is called by its name, too', async () => {
  const folder = join(temporaryFolder(), 'net.mlpackage');
  mkdirSync(folder);
  await expect(onlyModelFile([folder])).rejects.toMatchObject({
    message: 'net.mlpackage is a Core ML model, which the studio does not read.',
  });
});

it('what lies beside a model that opens does not matter', async () => {
  const folder = folderWith('net.onnx', 'net.tflite');
  await expect(onlyModelFile([folder])).resolves.toBe(join(folder, 'net.tflite'));
  await expect(modelFileAt(folder)).resolves.toBe(join(folder, 'net.tflite'));
});

it('nothing, and too much, is refused', async () => {
  await expect(onlyModelFile([folderWith('notes.txt')])).rejects.toMatchObject({
    code: 'bad-request',
  });
  await expect(onlyModelFile([folderWith('a.tflite', 'b.tflite')])).rejects.toMatchObject({
    message: 'There are 2 files that could be the model.',
  });
});
