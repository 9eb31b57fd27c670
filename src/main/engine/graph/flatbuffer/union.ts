import type { Builder, Offset } from 'flatbuffers';
import { uint8 } from './fields';
import { FlatbufferError } from './flatbuffer-error';
import { type Field, readTable, type Table, writeTable } from './table';
import { TableView } from './table-view';

/** A union's value: as found in a file, or as about to be written. Opened by a `UnionMember`. */
export type UnionValue =
  | { type: number; view: TableView }
  | { type: number; write: (builder: Builder) => Offset };

/** One table that a union may hold, under its number in the union's enumeration (0 is NONE). */
export interface UnionMember<Shape> {
  readonly type: number;
  readonly table: Table<Shape>;
}

export const member = <Shape>(type: number, table: Table<Shape>): UnionMember<Shape> => ({
  type,
  table,
});

/** A union field takes two slots: `slot - 1` holds the type, `slot` the table. */
export function union(slot: number): Field<UnionValue | undefined> {
  const typeField = uint8(slot - 1);
  return {
    slot,
    read(view) {
      const type = typeField.read(view);
      const position = view?.find(slot);
      if (!view || position === undefined || type === 0) return undefined;
      return { type, view: TableView.at(view.source, view.source.follow(position)) };
    },
    prepare(builder, value) {
      if (!value) return () => {};
      if (!('write' in value)) throw new Error('A union must be wrapped by its member to write it');
      const offset = value.write(builder);
      return (inner) => {
        typeField.prepare(inner, value.type)(inner);
        inner.addFieldOffset(slot, offset, 0);
      };
    },
  };
}

export const wrapMember = <Shape>(
  { type, table }: UnionMember<Shape>,
  value: Shape,
): UnionValue | undefined =>
  type === 0 ? undefined : { type, write: (builder) => writeTable(builder, table, value) };

/** The value as `member`'s table; all defaults when the union is empty. */
export function unwrapMember<Shape>(
  { type, table }: UnionMember<Shape>,
  value: UnionValue | undefined,
): Shape {
  if (value && value.type !== type) {
    throw new FlatbufferError('damaged', `it has union member ${value.type} for ${table.name}`);
  }
  return readTable(table, value && 'view' in value ? value.view : undefined);
}
