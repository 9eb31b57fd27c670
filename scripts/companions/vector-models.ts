import { createHash } from 'node:crypto';
import { writeTflite } from '../../src/main/engine/graph/write-tflite';
import { calibrate } from '../../src/main/engine/quantization/calibrate';
import { quantizeInt8 } from '../../src/main/engine/quantization/quantize-int8';
import { createInputEncoder } from '../../src/main/engine/runtime/encode-input';
import type { Runtime } from '../../src/main/engine/runtime/runtime';
import type { Model } from '../../src/shared/domain/model';
import type { Preprocessing } from '../../src/shared/domain/preprocessing';
import { createFakeModel } from '../../tests/fakes/fake-model';
import {
  eachOf,
  smallClassifier,
  smallLabels,
  smallNormalization,
  smallPhotos,
  smallSize,
} from '../../tests/fixtures/small-classifier';

export interface VectorModel {
  model: Model;
  bytes: Uint8Array;
}

/** Of the small classifier as float32. */
export const smallContract: Preprocessing = {
  version: 1,
  width: smallSize,
  height: smallSize,
  channelOrder: 'RGB',
  cropFraction: 0.875,
  resize: 'bicubic-antialiased',
  background: [128, 128, 128],
  ...smallNormalization,
  input: { type: 'float32' },
  output: { type: 'float32' },
  labels: smallLabels,
};

/** A classifier of a few kilobytes with made-up weights: as float32, and quantized to int8. */
export async function makeModels(runtime: Runtime): Promise<VectorModel[]> {
  const graph = smallClassifier();
  const encode = createInputEncoder(smallContract);
  const inputs = smallPhotos(300)
    .map(encode)
    .filter((input) => input instanceof Float32Array);
  const { ranges } = await calibrate(graph, eachOf(inputs), runtime);
  const int8 = quantizeInt8(graph, ranges, { normalization: smallNormalization, io: 'int8' });
  return [
    describe(writeTflite(graph), 'float32', smallContract),
    describe(writeTflite(int8.graph), 'int8', {
      ...smallContract,
      ...int8.normalization,
      input: int8.inputEncoding,
      output: int8.outputEncoding,
    }),
  ];
}

function describe(
  bytes: Uint8Array,
  precision: 'float32' | 'int8',
  preprocessing: Preprocessing,
): VectorModel {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const name = `Made-up colors, ${precision}`;
  const model = createFakeModel({
    name,
    precision,
    io: precision,
    bytes: bytes.length,
    sha256,
    preprocessing,
  });
  return { model, bytes };
}
