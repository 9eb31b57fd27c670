import { expect, test } from 'vitest';
import {
  PickleGlobal,
  type PickleRules,
  readPickle,
} from '../../../../scripts/backbones/read-pickle';
import { PickleWriter } from './pickle-writer';

const strict: PickleRules = {
  calls: {},
  persistent: (id) => {
    throw new Error(`unexpected ${String(id)}`);
  },
};

test('dictionaries, lists, tuples, numbers and texts', () => {
  const writer = new PickleWriter();
  writer.op('}').op('(');
  writer.text('é').integer(-70_000);
  writer.text('list').op(']').op('(').op('K', 7).op('M', 1, 2).op('e');
  writer.text('none').op('N');
  writer.text('pair').code(0x88).code(0x89).code(0x86);
  writer.op('u');
  expect(readPickle(writer.finish(), 0, strict).value).toEqual(
    new Map<string, unknown>([
      ['é', -70_000],
      ['list', [7, 513]],
      ['none', undefined],
      ['pair', [true, false]],
    ]),
  );
});

test('long integers keep all their digits and their sign', () => {
  const magic = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
  const read = (...bytes: number[]) =>
    readPickle(new PickleWriter().code(0x8a, bytes.length, ...bytes).finish(), 0, strict).value;
  expect(read(...magic)).toBe(0x1950a86a20f9469cfc6cn);
  expect(read(0xfe)).toBe(-2n);
});

test('what was memorized is the same object again', () => {
  const pickle = new PickleWriter().op(']').op('q', 3).op('h', 3).code(0x86).finish();
  const { value } = readPickle(pickle, 0, strict);
  expect(Array.isArray(value) && value[0] === value[1]).toBe(true);
});

test('several pickles follow one another', () => {
  const pickle = new PickleWriter().op('K', 5).finish();
  const two = Uint8Array.from([...pickle, ...pickle]);
  const first = readPickle(two, 0, strict);
  expect(first).toEqual({ value: 5, end: pickle.length });
  expect(readPickle(two, first.end, strict)).toEqual({ value: 5, end: two.length });
});

test('a call that is allowed is made, a persistent id resolved', () => {
  const writer = new PickleWriter().global('shop', 'Total');
  writer.tuple(
    () => writer.op('K', 2),
    () => writer.text('key').op('Q'),
  );
  const rules: PickleRules = {
    calls: { 'shop Total': ([count, item]) => `${String(count)} x ${String(item)}` },
    persistent: (id) => `<${String(id)}>`,
  };
  expect(readPickle(writer.op('R').finish(), 0, rules).value).toBe('2 x <key>');
});

test('a class that is only named is not called', () => {
  const { value } = readPickle(new PickleWriter().global('os', 'system').finish(), 0, strict);
  expect(value).toEqual(new PickleGlobal('os system'));
});

test('any other call stops the reading', () => {
  const writer = new PickleWriter().global('os', 'system');
  writer.tuple(() => writer.text('reboot'));
  expect(() => readPickle(writer.op('R').finish(), 0, strict)).toThrow('os system');
});

test('an opcode that PyTorch does not use stops the reading', () => {
  expect(() => readPickle(new PickleWriter().op('i').finish(), 0, strict)).toThrow('opcode 105');
});
