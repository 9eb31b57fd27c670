import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readTflite } from '@main/engine/graph/read-tflite';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createRandom } from '@shared/domain/random';
import { describe, expect, test } from 'vitest';
import { buildEfficientNetLite } from '../../../../scripts/backbones/efficientnet-lite';
import { foldBatchNorm } from '../../../../scripts/backbones/fold-batch-norm';
import { modelUrl, readManifest } from '../../../../scripts/backbones/manifest';
import type { TorchTensor } from '../../../../scripts/backbones/read-torch-checkpoint';

test('folding gives what convolution and normalization gave', () => {
  const random = createRandom(4);
  const some = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const kernel = { shape: [2, 3], values: some(6) };
  const norm = { gamma: some(2), beta: some(2), mean: some(2), variance: some(2).map(Math.abs) };
  const folded = foldBatchNorm(kernel, norm);
  const input = some(3);
  const dot = (values: Float32Array, out: number) =>
    input.reduce((sum, x, i) => sum + x * (values[out * 3 + i] ?? 0), 0);
  for (const out of [0, 1]) {
    const { gamma, beta, mean, variance } = norm;
    const normalized =
      (dot(kernel.values, out) - (mean[out] ?? 0)) / Math.sqrt((variance[out] ?? 0) + 1e-3);
    const expected = normalized * (gamma[out] ?? 0) + (beta[out] ?? 0);
    expect(dot(folded.kernel.values, out) + (folded.bias[out] ?? 0)).toBeCloseTo(expected, 5);
  }
});

/** Answers every parameter name with weights of a network one channel wide. */
class NarrowWeights extends Map<string, TorchTensor> {
  override get(name: string): TorchTensor {
    const size = name.includes('_stem') ? [1, 3, 3, 3] : [1, 1, 1, 1];
    const shape = name.includes('conv') ? size : [1];
    const count = shape.reduce((product, length) => product * length, 1);
    return { shape, values: new Float32Array(count).fill(0.5) };
  }

  override has(name: string): boolean {
    return !name.startsWith('_blocks.0.');
  }
}

describe('the network', () => {
  test.each([
    ['efficientnet-lite0', 224, 16, 7],
    ['efficientnet-lite2', 260, 21, 9],
  ])('%s has its blocks and ends at its resolution', (name, size, blocks, pixels) => {
    const graph = buildEfficientNetLite(name, size, new NarrowWeights(), '');
    const depthwise = graph.operators.filter(({ kind }) => kind === 'DEPTHWISE_CONV_2D');
    expect(depthwise).toHaveLength(blocks);
    const head = graph.tensors.find((tensor) => tensor.name === 'head');
    expect(head?.shape).toEqual([1, pixels, pixels, 1]);
    expect(graph.operators.find((operator) => operator.name === 'block0/expand')).toBeUndefined();
  });

  test('a name without an architecture is refused', () => {
    expect(() => buildEfficientNetLite('resnet', 224, new NarrowWeights(), '')).toThrow('resnet');
  });
});

describe.each(['efficientnet-lite0', 'efficientnet-lite2'])('the committed %s', (name) => {
  const manifest = readManifest(name);
  const file = readFileSync(modelUrl(manifest));

  test('has the bytes that its description names', () => {
    expect(file).toHaveLength(manifest.bytes);
    expect(createHash('sha256').update(file).digest('hex')).toBe(manifest.sha256);
  });

  test('is what our writer writes, so that converting again gives the same file', () => {
    expect(Buffer.compare(writeTflite(readTflite(file)), file)).toBe(0);
  });
});
