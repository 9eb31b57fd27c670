import type { Graph } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { operatorCodecs } from '@main/engine/graph/operator-codecs';
import { readTflite } from '@main/engine/graph/read-tflite';
import { readFile } from '@main/engine/graph/flatbuffer/table';
import { modelTable, TFLITE_IDENTIFIER } from '@main/engine/graph/tflite-schema';
import { writeTflite } from '@main/engine/graph/write-tflite';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallClassifier } from '../../../../fixtures/small-classifier';
import { arbitraryGraph } from './arbitrary-graph';

const reluGraph = (kind: 'RELU' | 'HARD_SWISH' | 'DROPOUT' | 'IDENTITY'): Graph => {
  const builder = new GraphBuilder();
  const input = builder.input('x', [1, 4]);
  const output =
    kind === 'DROPOUT'
      ? builder.operator(kind, 'drop', [input], [1, 4], { rate: 0.5 })
      : builder.operator(kind, 'y', [input], [1, 4], {});
  return builder.finish([output]);
};

test('what is written is what is read', () => {
  fc.assert(
    fc.property(arbitraryGraph, (graph) => {
      expect(readTflite(writeTflite(graph))).toEqual(graph);
    }),
    { numRuns: 300 },
  );
});

test('the same graph gives the same bytes', () => {
  expect(writeTflite(smallClassifier())).toEqual(writeTflite(smallClassifier()));
});

describe('the file', () => {
  const file = writeTflite(smallClassifier());
  const model = readFile(modelTable, TFLITE_IDENTIFIER, file);

  test('keeps buffer 0 empty and every other one at a multiple of 16', () => {
    const [first, ...others] = model.buffers;
    expect(first?.data).toHaveLength(0);
    expect(others.length).toBeGreaterThan(5);
    expect(others.map(({ data }) => (data.byteOffset - file.byteOffset) % 16)).toEqual(
      others.map(() => 0),
    );
  });

  test('names each operator in the old field and in the new one', () => {
    expect(model.operatorCodes.map((code) => code.builtinCode)).toEqual(
      model.operatorCodes.map((code) => code.deprecatedBuiltinCode),
    );
    expect(model.operatorCodes[0]).toMatchObject({ builtinCode: 3, version: 1, customCode: '' });
  });

  test('is as long as it has to be, in a buffer of its own', () => {
    expect(file.buffer.byteLength).toBe(file.length);
  });
});

test('constants that share an array share a buffer', () => {
  const builder = new GraphBuilder();
  const values = Float32Array.of(1, 2, 3, 4);
  const input = builder.input('x', [1, 4]);
  const graph = builder.finish([
    builder.operator('ADD', 'y', [input, builder.constant('c', [1, 4], values)], [1, 4], {
      activation: 'none',
    }),
  ]);
  const copies = graph.tensors.flatMap((tensor) => [tensor, { ...tensor, name: 'copy' }]);
  const shared = { ...graph, tensors: [...graph.tensors, ...copies] };
  const model = readFile(modelTable, TFLITE_IDENTIFIER, writeTflite(shared));
  expect(model.buffers.map(({ data }) => data.length)).toEqual([0, 16]);
});

test('operator numbers beyond the old byte stay below its placeholder', () => {
  const codes = Object.values(operatorCodecs).map(({ code }) => code);
  expect(Math.max(...codes)).toBeLessThan(127);
  expect(new Set(codes).size).toBe(codes.length);
});

test.each(['DROPOUT', 'IDENTITY'] as const)('%s is never written', (kind) => {
  expect(() => writeTflite(reluGraph(kind))).toThrow(`${kind} `);
});

test('a model of 18 MB keeps its bytes', () => {
  const builder = new GraphBuilder();
  const kernel = new Float32Array(4_600_000).map((_, i) => i);
  const input = builder.input('x', [1, 4600]);
  const graph = builder.finish([
    builder.operator(
      'FULLY_CONNECTED',
      'y',
      [
        input,
        builder.constant('kernel', [1000, 4600], kernel),
        builder.constant('bias', [1000], new Float32Array(1000)),
      ],
      [1, 1000],
      { activation: 'none', keepNumDims: false },
    ),
  ]);
  const file = writeTflite(graph);
  expect(file.length).toBeLessThan(kernel.byteLength + 8192);
  expect(
    Buffer.compare(
      readTflite(file).tensors[1]?.data ?? new Uint8Array(),
      Buffer.from(kernel.buffer),
    ),
  ).toBe(0);
});
