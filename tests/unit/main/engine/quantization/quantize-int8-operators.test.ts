import type { Graph } from '@main/engine/graph/graph';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { quantizeInt8 } from '@main/engine/quantization/quantize-int8';
import { decodeOutput } from '@main/engine/runtime/decode-output';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import type { IoType } from '@shared/domain/model';
import { createRandom } from '@shared/domain/random';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { normals, smallNormalization, smallPhotos } from '../../../../fixtures/small-classifier';
import { graphWith, operatorCases } from './operator-cases';
import { encodeFloat, rangesOf, size } from './small-int8';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

describe('every operator with an int8 form', () => {
  async function expectClose(source: Graph, io: IoType) {
    const ranges = await rangesOf(runtime, source);
    const { graph, inputEncoding, outputEncoding } = quantizeInt8(source, ranges, {
      normalization: smallNormalization,
      io,
    });
    const float = await runtime.load(writeTflite(source));
    const int8 = await runtime.load(writeTflite(graph));
    const encode = createInputEncoder({ ...size, ...smallNormalization, input: inputEncoding });
    // Three roundings (input of the operator, its output, the requantized result) of a step each.
    const widest = Math.max(...[...ranges.values()].map(({ min, max }) => max - Math.min(0, min)));
    const tolerance = (4 * widest) / 255;
    for (const photo of smallPhotos(8)) {
      const [expected = new Float32Array()] = await float.run([encodeFloat(photo)]);
      const [stored = new Float32Array()] = await int8.run([encode(photo)]);
      const decoded = decodeOutput(stored, outputEncoding);
      const differences = decoded.map((value, i) => Math.abs(value - (expected[i] ?? 0)));
      expect(Math.max(...differences)).toBeLessThan(tolerance);
      expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(tolerance);
    }
    float.dispose();
    int8.dispose();
  }

  test.each(Object.entries(operatorCases))(
    '%s answers as in float, within rounding',
    async (_, follow) => {
      const source = graphWith(follow);
      await expectClose(source, 'uint8');
      await expectClose(source, 'float32');
    },
  );

  test('a dense layer without bias gets one of zeros', async () => {
    await expectClose(
      graphWith((b, x) => {
        const flat = b.operator('RESHAPE', 'flat', [x], [1, 256], { newShape: [1, 256] });
        const weights = b.constant('w', [5, 256], normals(createRandom(3), 5 * 256, 0.2));
        return b.operator('FULLY_CONNECTED', 'y', [flat, weights], [1, 5], {
          activation: 'none',
          keepNumDims: false,
        });
      }),
      'uint8',
    );
  });
});
