import { expect, test } from 'vitest';
import { readTorchCheckpoint } from '../../../../scripts/backbones/read-torch-checkpoint';
import { PickleWriter } from './pickle-writer';

interface Entry {
  name: string;
  storage: string;
  type: 'FloatStorage' | 'LongStorage';
  offset: number;
  shape: number[];
  strides: number[];
}

const magic = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

function dictionary(entries: Entry[]): Uint8Array {
  const writer = new PickleWriter().global('collections', 'OrderedDict').op(')').op('R');
  const integers = (values: number[]) =>
    writer.tuple(...values.map((v) => () => writer.integer(v)));
  for (const { name, storage, type, offset, shape, strides } of entries) {
    writer.text(name).global('torch._utils', '_rebuild_tensor_v2');
    writer.tuple(
      () => {
        writer.tuple(
          () => writer.text('storage'),
          () => writer.global('torch', type),
          () => writer.text(storage),
          () => writer.text('cpu'),
          () => writer.integer(6),
          () => writer.op('N'),
        );
        writer.op('Q');
      },
      () => writer.integer(offset),
      () => integers(shape),
      () => integers(strides),
      () => writer.code(0x89),
      () => writer.global('collections', 'OrderedDict').op(')').op('R'),
    );
    writer.op('R').op('s');
  }
  return writer.finish();
}

function checkpoint(entries: Entry[], storages: Record<string, Float32Array | BigInt64Array>) {
  const keys = new PickleWriter().op(']');
  for (const key of Object.keys(storages)) keys.text(key).op('a');
  const parts = [
    new PickleWriter().code(0x8a, magic.length, ...magic).finish(),
    new PickleWriter().op('M', 1001 & 255, 1001 >> 8).finish(),
    new PickleWriter().op('}').text('little_endian').code(0x88).op('s').finish(),
    dictionary(entries),
    keys.finish(),
    ...Object.values(storages).flatMap((values) => [
      new Uint8Array(BigInt64Array.of(BigInt(values.length)).buffer),
      new Uint8Array(values.buffer),
    ]),
  ];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const floats = { storage: 'a', type: 'FloatStorage' } as const;
const values = Float32Array.of(0, 1, 2, 3, 4, 5);

test('tensors are gathered along their strides', () => {
  const file = checkpoint(
    [
      { name: 'plain', ...floats, offset: 0, shape: [2, 3], strides: [3, 1] },
      { name: 'transposed', ...floats, offset: 0, shape: [3, 2], strides: [1, 3] },
      { name: 'later', ...floats, offset: 4, shape: [2], strides: [1] },
      { name: 'scalar', ...floats, offset: 5, shape: [], strides: [] },
      { name: 'cube', ...floats, offset: 0, shape: [3, 1, 2], strides: [1, 9, 3] },
    ],
    { a: values },
  );
  expect(readTorchCheckpoint(file)).toEqual(
    new Map([
      ['plain', { shape: [2, 3], values }],
      ['transposed', { shape: [3, 2], values: Float32Array.of(0, 3, 1, 4, 2, 5) }],
      ['later', { shape: [2], values: Float32Array.of(4, 5) }],
      ['scalar', { shape: [], values: Float32Array.of(5) }],
      ['cube', { shape: [3, 1, 2], values: Float32Array.of(0, 3, 1, 4, 2, 5) }],
    ]),
  );
});

test('counters are left out, and storages after them still found', () => {
  const file = checkpoint(
    [
      { name: 'n', storage: 'c', type: 'LongStorage', offset: 0, shape: [], strides: [] },
      { name: 'x', ...floats, offset: 0, shape: [6], strides: [1] },
    ],
    { c: BigInt64Array.of(7n), a: values },
  );
  expect(readTorchCheckpoint(file)).toEqual(new Map([['x', { shape: [6], values }]]));
});

test('bytes that are left over or missing are noticed', () => {
  const file = checkpoint([{ name: 'x', ...floats, offset: 0, shape: [6], strides: [1] }], {
    a: values,
  });
  expect(() => readTorchCheckpoint(Uint8Array.from([...file, 0]))).toThrow(/does not end/);
  expect(() => readTorchCheckpoint(file.subarray(0, -4))).toThrow(/does not end/);
});

test('another file is refused', () => {
  const other = new PickleWriter().op('K', 1).finish();
  expect(() => readTorchCheckpoint(other)).toThrow(/no PyTorch checkpoint/);
});
