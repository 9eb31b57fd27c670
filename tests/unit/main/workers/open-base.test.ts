import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toFloat16 } from '@main/engine/graph/convert-float16';
import type { Graph } from '@main/engine/graph/graph';
import { readMetadata } from '@main/engine/graph/model-metadata';
import { readTflite } from '@main/engine/graph/read-tflite';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { toDynamicRange, toInt8Weights } from '@main/engine/quantization/store-weights';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { openBase } from '@main/workers/open-base';
import { readModelInputs } from '@main/workers/model-inputs';
import type { TaskInput } from '@main/workers/tasks';
import { afterAll, describe, expect, it } from 'vitest';
import { createPreprocessing } from '../../../fakes/fake-model';
import { createTaskContext } from '../../../fakes/fake-task-context';
import { smallClassifier, smallPhotos, smallSize } from '../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../fixtures/temporary-folder';
import { classifierOf } from '../engine/graph/classifier-shapes';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

type Stated = TaskInput<'open-base'>['stated'];
const normalization: Stated = { mean: [127, 127, 127], std: [128, 128, 128] };

/** Opens a graph or file; photos lie in no cache, so pictures are drawn unless there are files. */
async function open(
  model: Graph | Uint8Array | string,
  stated: Stated = normalization,
  photos: TaskInput<'open-base'>['photos'] = [],
) {
  const folder = temporaryFolder();
  const modelFile = typeof model === 'string' ? model : join(folder, 'rival.tflite');
  if (typeof model !== 'string') {
    writeFileSync(modelFile, model instanceof Uint8Array ? model : writeTflite(model));
  }
  const outputFile = join(folder, 'base.part');
  const input = { modelFile, stated, photos, cacheFile: '', outputFile };
  // Nothing is kept of photos that are read from their files.
  const context = createTaskContext(runtime, { cache: () => undefined as never });
  const made = await openBase(input, context);
  return { made, file: readFileSync(outputFile) };
}

async function features(file: Uint8Array, pixels: readonly Uint8Array[], contract: object) {
  const encode = createInputEncoder(createPreprocessing(contract));
  const model = await runtime.load(file);
  const rows: Float32Array[] = [];
  for (const picture of pixels) {
    const [row] = await model.run([encode(picture)]);
    rows.push(Float32Array.from(row ?? []));
  }
  model.dispose();
  return rows;
}

describe('open-base', () => {
  it('writes a backbone whose file says how pictures are normalized', async () => {
    const { made, file } = await open(smallClassifier());
    expect(made).toMatchObject({
      inputSize: smallSize,
      featureWidth: 8,
      mean: [127, 127, 127],
      cropFraction: 1,
      license: '',
      bytes: file.length,
      proof: { pictures: 3, of: 'drawn' },
    });
    expect(made.proof.largestDifference).toBeLessThan(1e-6);
    expect(made.changes.at(-1)?.description).toContain('left off: FULLY_CONNECTED logits, SOFTMAX');
    expect(readMetadata(file).preprocessing).toMatchObject({ std: [128, 128, 128], labels: [] });
    expect(readTflite(file).operators.at(-1)?.kind).toBe('RESHAPE');
  });

  it('gives two normalizations of one file different hashes: features are kept by them', async () => {
    const one = await open(smallClassifier());
    const other = await open(smallClassifier(), { mean: [0, 0, 0], std: [255, 255, 255] });
    const again = await open(smallClassifier());
    expect(other.made.sha256).not.toBe(one.made.sha256);
    expect(again.made.sha256).toBe(one.made.sha256);
    expect(other.made.sourceSha256).toBe(one.made.sourceSha256);
  });

  it('widens float16 weights, and the features are those of the float16 file', async () => {
    const { graph } = toFloat16(smallClassifier());
    const { made, file } = await open(graph);
    expect(made.changes.map(({ pass }) => pass)).toContain('widen-float16');
    const pooled = graph.operators.find(({ kind }) => kind === 'RESHAPE')?.outputs ?? [];
    const contract = { width: smallSize, height: smallSize, ...normalization };
    const pixels = smallPhotos(3);
    const own = await features(file, pixels, contract);
    const expected = await features(
      writeTflite({ ...graph, outputs: [...pooled] }),
      pixels,
      contract,
    );
    expect(own.map((row) => [...row])).toEqual(expected.map((row) => [...row]));
  });

  it('takes what the file says of itself, and its own output over what it says', async () => {
    const first = await open(smallClassifier(), { ...normalization, cropFraction: 0.875 });
    // The base itself, opened again: it ends in its features and says how to normalize.
    const { made } = await open(first.file, {});
    expect(made).toMatchObject({ featureWidth: 8, mean: [127, 127, 127], cropFraction: 0.875 });
    expect(made.changes.at(-1)?.description).toContain('Left whole');
  });

  it.each([
    ['int8 weights', toInt8Weights(smallClassifier()).graph, /quantized \(int8-weights\)/],
    ['hybrid layers', toDynamicRange(smallClassifier()).graph, /quantized \(dynamic-range\)/],
    [
      'an oblong input',
      withInput([1, smallSize, 2 * smallSize, 3]),
      /takes pictures of 16 × 8, and photos are cut to squares/,
    ],
    ['several pictures at a time', withInput([4, smallSize, smallSize, 3]), /not one RGB picture/],
    [
      'no features',
      classifierOf((make) => make.softmax(make.dense('logits', make.flat(make.image)))),
      /follow from the pixels/,
    ],
    ['features that are the same for all pictures', blind(), /same for every picture/],
  ])('refuses %s, with a remedy', async (_, graph, message) => {
    await expect(open(graph)).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringMatching(message),
      remedy: expect.any(String),
    });
  });

  it('asks for a normalization that nobody says', async () => {
    await expect(open(smallClassifier(), {})).rejects.toMatchObject({
      code: 'bad-request',
      remedy: expect.stringContaining('127.5'),
    });
  });
});

function withInput(shape: number[]): Graph {
  const graph = smallClassifier();
  const tensors = graph.tensors.map((tensor, index) =>
    index === graph.inputs[0] ? { ...tensor, shape } : tensor,
  );
  return { ...graph, tensors };
}

/** A first layer that lets nothing through. */
function blind(): Graph {
  const graph = smallClassifier();
  const tensors = graph.tensors.map((tensor) =>
    tensor.name === 'first/bias'
      ? { ...tensor, data: new Uint8Array(new Float32Array(8).fill(-1e4).buffer) }
      : tensor,
  );
  return { ...graph, tensors };
}

const shared = process.env['POCKETLENS_SEED'] ?? '../shared/seed';
const classifier = join(shared, '../backbones/efficientnet-lite0-imagenet-float16.tflite');
const backbone = join(shared, '../backbones/efficientnet-lite0-features-float16.tflite');
const there = [classifier, backbone, join(shared, 'photos')].every((path) => existsSync(path));

describe.skipIf(!there)(
  'EfficientNet-Lite0 with its 1000 labels (skipped without ../shared/backbones and ../shared/seed)',
  () => {
    it('has the features of the backbone that was made of it by other means', async () => {
      const folder = join(shared, 'photos', 'banana');
      const photos = readdirSync(folder)
        .sort()
        .slice(0, 3)
        .map((name, index) => ({ photoId: index, sha256: '', path: join(folder, name) }));
      const { made, file } = await open(
        classifier,
        { ...normalization, cropFraction: 0.875 },
        photos,
      );
      expect(made).toMatchObject({ featureWidth: 1280, proof: { pictures: 3, of: 'photos' } });
      const recipe = createPreprocessing({ width: 224, height: 224, cropFraction: 0.875 });
      const pixels: Uint8Array[] = [];
      for await (const read of readModelInputs(
        photos,
        recipe,
        undefined,
        new AbortController().signal,
      )) {
        if ('pixels' in read) pixels.push(read.pixels);
      }
      expect(pixels).toHaveLength(3);
      const contract = { width: 224, height: 224, ...normalization };
      const own = await features(file, pixels, contract);
      const expected = await features(readFileSync(backbone), pixels, contract);
      own.forEach((row, photo) => {
        expect(row).toHaveLength(1280);
        row.forEach((value, at) => expect(value).toBeCloseTo(expected[photo]?.[at] ?? 99, 4));
      });
      expect(Math.max(...(own[0] ?? []))).toBeGreaterThan(1);
    }, 120_000);
  },
);
