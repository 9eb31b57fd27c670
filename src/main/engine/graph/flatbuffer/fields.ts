import type { Builder, Offset } from 'flatbuffers';
import { FlatbufferError } from './flatbuffer-error';
import type { FlatbufferSource } from './flatbuffer-source';
import {
  type Field,
  readTable,
  type RefusableField,
  type Store,
  type Table,
  writeTable,
} from './table';
import { TableView } from './table-view';

type ScalarField<Value> = Field<Value> & RefusableField;

/** Field constructors by FlatBuffers type. `slot` is the field's number in its schema, from 0. */

function scalar<Value>(
  slot: number,
  fallback: Value,
  readAt: (source: FlatbufferSource, position: number) => Value,
  store: (builder: Builder, value: Value) => void,
): ScalarField<Value> {
  const read = (view: TableView | undefined): Value => {
    const position = view?.find(slot);
    return view && position !== undefined ? readAt(view.source, position) : fallback;
  };
  return {
    slot,
    read,
    prepare: (_, value) => (builder) => store(builder, value),
    isDefault: (view) => read(view) === fallback,
  };
}

export const int8 = (slot: number, fallback = 0): ScalarField<number> =>
  scalar(
    slot,
    fallback,
    (source, position) => source.int8(position),
    (builder, value) => builder.addFieldInt8(slot, value, fallback),
  );

export const uint8 = (slot: number, fallback = 0): ScalarField<number> =>
  scalar(
    slot,
    fallback,
    (source, position) => source.uint8(position),
    (builder, value) => builder.addFieldInt8(slot, value, fallback),
  );

export const bool = (slot: number, fallback = false): ScalarField<boolean> =>
  scalar<boolean>(
    slot,
    fallback,
    (source, position) => source.uint8(position) !== 0,
    (builder, value) => builder.addFieldInt8(slot, value ? 1 : 0, fallback ? 1 : 0),
  );

export const int32 = (slot: number, fallback = 0): ScalarField<number> =>
  scalar(
    slot,
    fallback,
    (source, position) => source.int32(position),
    (builder, value) => builder.addFieldInt32(slot, value, fallback),
  );

export const uint32 = (slot: number): ScalarField<number> =>
  scalar(
    slot,
    0,
    (source, position) => source.uint32(position),
    (builder, value) => builder.addFieldInt32(slot, value, 0),
  );

export const int64 = (slot: number): ScalarField<number> =>
  scalar(
    slot,
    0,
    (source, position) => source.int64(position),
    (builder, value) => builder.addFieldInt64(slot, BigInt(value), 0n),
  );

export const float32 = (slot: number): ScalarField<number> =>
  scalar(
    slot,
    0,
    (source, position) => source.float32(position),
    (builder, value) => builder.addFieldFloat32(slot, value, 0),
  );

/** A `byte` enumeration whose value n is called `names[n]`; undefined is a value we can't use. */
export function enumeration<Name extends string>(
  slot: number,
  typeName: string,
  names: readonly (Name | undefined)[],
): Field<Name> {
  const code = int8(slot);
  return {
    slot,
    read(view) {
      const value = code.read(view);
      const name = names[value];
      if (name === undefined) throw new FlatbufferError('unsupported', `${typeName} ${value}`);
      return name;
    },
    prepare: (builder, name) => code.prepare(builder, names.indexOf(name)),
  };
}

/** True when the slot holds anything at all; for fields that are only refused. */
export const presence = (slot: number): RefusableField => ({
  isDefault: (view) => view.find(slot) === undefined,
});

function outside<Value>(
  slot: number,
  read: (view: TableView, position: number) => Value,
  absent: Value,
  write: (builder: Builder, value: Value) => Offset,
): Field<Value> {
  return {
    slot,
    read(view) {
      const position = view?.find(slot);
      return view && position !== undefined ? read(view, position) : absent;
    },
    prepare(builder, value): Store {
      const offset = write(builder, value);
      return (inner) => inner.addFieldOffset(slot, offset, 0);
    },
  };
}

const utf8 = new TextDecoder();

/** Absent and empty are the same. */
export const text = (slot: number): Field<string> =>
  outside(
    slot,
    ({ source }, position) => {
      const { start, length } = source.vector(position, 1);
      source.spend(length);
      return utf8.decode(source.byteRange(start, length));
    },
    '',
    (builder, value) => (value === '' ? 0 : builder.createString(value)),
  );

/** Bytes as a view of the file. Absent and empty are the same; `alignment` as in force_align. */
export const bytes = (slot: number, alignment: number): Field<Uint8Array> =>
  outside(
    slot,
    ({ source }, position) => {
      const { start, length } = source.vector(position, 1);
      return source.byteRange(start, length);
    },
    new Uint8Array(),
    (builder, value) => {
      if (value.length === 0) return 0;
      builder.prep(alignment, value.length);
      return builder.createByteVector(value);
    },
  );

function numbers(
  slot: number,
  elementSize: number,
  readAt: (source: FlatbufferSource, position: number) => number,
  add: (builder: Builder, value: number) => void,
): Field<number[]> {
  return outside<number[]>(
    slot,
    ({ source }, position) => {
      const { start, length } = source.vector(position, elementSize);
      source.spend(length * elementSize);
      return Array.from({ length }, (_, index) => readAt(source, start + index * elementSize));
    },
    [],
    (builder, values) => {
      builder.startVector(elementSize, values.length, elementSize);
      for (const value of values.toReversed()) add(builder, value);
      return builder.endVector();
    },
  );
}

export const int32s = (slot: number): Field<number[]> =>
  numbers(
    slot,
    4,
    (source, position) => source.int32(position),
    (builder, value) => builder.addInt32(value),
  );

export const int64s = (slot: number): Field<number[]> =>
  numbers(
    slot,
    8,
    (source, position) => source.int64(position),
    (builder, value) => builder.addInt64(BigInt(value)),
  );

export const float32s = (slot: number): Field<number[]> =>
  numbers(
    slot,
    4,
    (source, position) => source.float32(position),
    (builder, value) => builder.addFloat32(value),
  );

export const child = <Shape>(slot: number, type: Table<Shape>): Field<Shape | undefined> =>
  outside<Shape | undefined>(
    slot,
    ({ source }, position) => readTable(type, TableView.at(source, source.follow(position))),
    undefined,
    (builder, value) => (value === undefined ? 0 : writeTable(builder, type, value)),
  );

export const children = <Shape>(slot: number, type: Table<Shape>): Field<Shape[]> =>
  outside<Shape[]>(
    slot,
    ({ source }, position) => {
      const { start, length } = source.vector(position, 4);
      source.spend(length * 4);
      return Array.from({ length }, (_, index) =>
        readTable(type, TableView.at(source, source.follow(start + index * 4))),
      );
    },
    [],
    (builder, values) => {
      const offsets = values.map((value) => writeTable(builder, type, value));
      builder.startVector(4, offsets.length, 4);
      for (const offset of offsets.toReversed()) builder.addOffset(offset);
      return builder.endVector();
    },
  );
