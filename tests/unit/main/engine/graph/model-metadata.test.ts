import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFile } from '@main/engine/graph/flatbuffer/table';
import { unwrapMember } from '@main/engine/graph/flatbuffer/union';
import {
  imageProperties,
  METADATA_BUFFER,
  METADATA_IDENTIFIER,
  modelMetadataTable,
} from '@main/engine/graph/metadata-schema';
import { attachMetadata, readMetadata } from '@main/engine/graph/model-metadata';
import { readTflite } from '@main/engine/graph/read-tflite';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { AppError } from '@shared/api/errors';
import type { Preprocessing } from '@shared/domain/preprocessing';
import { createRandom } from '@shared/domain/random';
import { afterAll, describe, expect, test } from 'vitest';
import {
  smallClassifier,
  smallLabels,
  smallNormalization,
  smallSize,
} from '../../../../fixtures/small-classifier';
import { answerOf, largestDifference, waves } from './run-graph';

const preprocessing: Preprocessing = {
  version: 1,
  width: smallSize,
  height: smallSize,
  channelOrder: 'RGB',
  cropFraction: 0.875,
  resize: 'bicubic-antialiased',
  background: [255, 255, 255],
  ...smallNormalization,
  input: { type: 'float32' },
  output: { type: 'float32' },
  labels: smallLabels,
};

const description = {
  name: 'Things on my desk',
  description: 'Tells four things apart',
  author: 'Someone',
  license: 'Apache-2.0',
  preprocessing,
};

const file = attachMetadata(smallClassifier(), description);

test('what was attached is read back', () => {
  expect(readMetadata(file)).toEqual({
    name: 'Things on my desk',
    description: 'Tells four things apart',
    author: 'Someone',
    license: 'Apache-2.0',
    labels: smallLabels,
    normalization: smallNormalization,
    preprocessing,
  });
});

test('the same model gives the same bytes', () => {
  expect(attachMetadata(smallClassifier(), description)).toEqual(file);
});

test('the metadata is a standard FlatBuffer beside the unchanged graph', () => {
  const graph = readTflite(file);
  expect({ ...graph, metadata: new Map() }).toEqual(smallClassifier());
  const bytes = graph.metadata.get(METADATA_BUFFER) ?? new Uint8Array();
  const record = readFile(modelMetadataTable, METADATA_IDENTIFIER, bytes);
  const input = record.subgraphs[0]?.inputs[0];
  expect(unwrapMember(imageProperties, input?.content?.properties)).toEqual({
    colorSpace: 1,
    defaultSize: { width: smallSize, height: smallSize },
  });
  expect(input?.stats?.max[0]).toBe(1);
  expect(record.subgraphs[0]?.outputs[0]?.associatedFiles).toEqual([
    expect.objectContaining({ name: 'labels.txt', type: 2 }),
  ]);
});

test('attaching again replaces, and LiteRT does not mind', async () => {
  const again = attachMetadata(readTflite(file), { ...description, name: 'Another' });
  expect(readMetadata(again).name).toBe('Another');
  expect(readTflite(again).metadata.size).toBe(1);
  const runtime = await createWasmRuntime();
  const input = waves(smallSize * smallSize * 3);
  const plain = await answerOf(runtime, smallClassifier(), input);
  const answer = await answerOf(runtime, again, input);
  await runtime.dispose();
  expect(largestDifference(plain, answer)).toBe(0);
});

test('a label of two lines stays one line of labels.txt and whole in the contract', () => {
  const labels = ['Soccer\nball', 'Käse', '香蕉', 'x'];
  const metadata = readMetadata(
    attachMetadata(smallClassifier(), {
      ...description,
      preprocessing: { ...preprocessing, labels },
    }),
  );
  expect(metadata.labels).toEqual(['Soccer ball', 'Käse', '香蕉', 'x']);
  expect(metadata.preprocessing?.labels).toEqual(labels);
});

describe('contradictions are refused', () => {
  test('another number of labels', () => {
    const labels = ['one', 'two'];
    expect(() =>
      attachMetadata(smallClassifier(), {
        ...description,
        preprocessing: { ...preprocessing, labels },
      }),
    ).toThrow(/2 labels/);
  });

  const withInput = (scale: number, zeroPoint: number) =>
    attachMetadata(smallClassifier(), {
      ...description,
      preprocessing: { ...preprocessing, input: { type: 'uint8', scale, zeroPoint } },
    });

  test('a uint8 input that does not take plain bytes, as MediaPipe would feed it', () => {
    expect(() => withInput(1 / 127, 127)).toThrow(/uint8/);
    expect(() => withInput(1 / 128, 128)).toThrow(/uint8/);
  });

  test('one that does has the normalization of its float parent', () => {
    expect(readMetadata(withInput(1 / 128, 127)).normalization).toEqual(smallNormalization);
  });
});

describe('files of others', () => {
  test('a model without metadata has none', () => {
    expect(readMetadata(writeTflite(smallClassifier()))).toEqual({});
  });

  test('a contract that does not fit ours is left out', () => {
    const text = new TextDecoder('latin1').decode(file);
    const other = file.slice();
    other[text.indexOf('"version": 1') + '"version": '.length] = '7'.charCodeAt(0);
    const metadata = readMetadata(other);
    expect(metadata.preprocessing).toBeUndefined();
    expect(metadata.labels).toEqual(smallLabels);
  });

  test.each([
    ['no model', new TextEncoder().encode('no model at all')],
    ['a broken archive', withBrokenArchive(file)],
  ])('%s is unreadable', (_, bytes) => {
    expect(() => readMetadata(bytes)).toThrow(
      expect.objectContaining({ code: 'model-unreadable', remedy: expect.any(String) }),
    );
  });
});

test('damaged bytes give metadata or an AppError, nothing else', () => {
  const random = createRandom(8);
  for (let round = 0; round < 500; round++) {
    const bytes = file.slice();
    // The last kilobytes hold the metadata and the archive.
    const position = bytes.length - 1 - random.index(3000);
    bytes[position] = random.index(256);
    try {
      readMetadata(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
    }
  }
});

/** The end record stays, what it points at is gone. */
function withBrokenArchive(model: Uint8Array): Uint8Array {
  const bytes = model.slice();
  new DataView(bytes.buffer).setUint32(bytes.length - 6, 12, true);
  return bytes;
}

describe('the attached files open with ordinary tools', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pocketlens-metadata-'));
  const path = join(folder, 'model.tflite');
  writeFileSync(path, file);
  afterAll(() => rmSync(folder, { recursive: true }));
  const has = (tool: string) => spawnSync(tool, ['-h']).error === undefined;

  test.skipIf(!has('python3'))('Python zipfile (skipped where python3 is missing)', () => {
    const program =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; ' +
      'assert all(i.compress_type == zipfile.ZIP_STORED for i in z.infolist()); ' +
      "print(z.namelist()); print(z.read('labels.txt').decode('utf-8'), end='')";
    const { stdout, status } = spawnSync('python3', ['-c', program, path], { encoding: 'utf8' });
    expect(stdout).toBe(`['labels.txt', 'preprocessing.json']\n${smallLabels.join('\n')}\n`);
    expect(status).toBe(0);
  });

  test.skipIf(!has('unzip'))('unzip without a warning (skipped where unzip is missing)', () => {
    const { stderr, status } = spawnSync('unzip', ['-t', path], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
