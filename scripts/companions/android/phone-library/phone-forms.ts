import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toFloat16 } from '../../../../src/main/engine/graph/convert-float16';
import type { Graph } from '../../../../src/main/engine/graph/graph';
import { writeTflite } from '../../../../src/main/engine/graph/write-tflite';
import { calibrate } from '../../../../src/main/engine/quantization/calibrate';
import { quantizeInt16 } from '../../../../src/main/engine/quantization/quantize-int16';
import { quantizeInt8 } from '../../../../src/main/engine/quantization/quantize-int8';
import type { QuantizedGraph } from '../../../../src/main/engine/quantization/quantize-integer';
import {
  toDynamicRange,
  toInt8Weights,
} from '../../../../src/main/engine/quantization/store-weights';
import { createInputEncoder } from '../../../../src/main/engine/runtime/encode-input';
import type { Runtime } from '../../../../src/main/engine/runtime/runtime';
import type { ModelFile } from '../../../../src/main/services/deploy/phones/push-plan';
import { readModelInput } from '../../../../src/main/workers/model-input';
import type { IoType, Precision } from '../../../../src/shared/domain/model';
import { createFakeModel } from '../../../../tests/fakes/fake-model';
import type { Subject } from './subject';

/**
 * A float model in every form that the studio writes, and int8 with each type of input and output, by the
 * studio's own steps. @param folder where the files are written.
 */
export async function makePhoneForms(
  folder: string,
  { graph, contract, calibration }: Subject,
  runtime: Runtime,
): Promise<ModelFile[]> {
  const encode = createInputEncoder(contract);
  async function* inputs() {
    for (const { path } of calibration) {
      const pixels = await readModelInput({ photoId: 0, sha256: '', path }, contract);
      yield Float32Array.from(encode(pixels));
    }
  }
  const { ranges, means } = await calibrate(graph, inputs(), runtime);
  const normalization = { mean: contract.mean, std: contract.std };

  async function write(precision: Precision, io: IoType, made: Graph, told = contract) {
    const bytes = writeTflite(made);
    const path = join(folder, `${precision}-${io}.tflite`);
    await writeFile(path, bytes);
    const model = createFakeModel({
      name: `${precision}, ${io} in and out`,
      precision,
      io,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      preprocessing: told,
    });
    return { path, model };
  }
  const writeInteger = (precision: Precision, io: IoType, made: QuantizedGraph) =>
    write(precision, io, made.graph, {
      ...contract,
      ...made.normalization,
      input: made.inputEncoding,
      output: made.outputEncoding,
    });
  const int8With = (io: IoType) =>
    writeInteger('int8', io, quantizeInt8(graph, ranges, { normalization, io, means }));

  return [
    await write('float32', 'float32', graph),
    await write('float16', 'float32', toFloat16(graph).graph),
    await write('dynamic-range', 'float32', toDynamicRange(graph, { means }).graph),
    await int8With('uint8'),
    await int8With('int8'),
    await int8With('float32'),
    await write('int8-weights', 'float32', toInt8Weights(graph, { means }).graph),
    await writeInteger(
      'int16x8',
      'float32',
      quantizeInt16(graph, ranges, { normalization, means }),
    ),
  ];
}
