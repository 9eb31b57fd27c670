import { Builder, type Offset } from 'flatbuffers';
import { FlatbufferError } from './flatbuffer-error';
import { FlatbufferSource } from './flatbuffer-source';
import { TableView } from './table-view';

/** Stores a field inside the table that is being built. */
export type Store = (builder: Builder) => void;

/**
 * One field of a table, in both directions. `view` is undefined for a table that is absent as a
 * whole: every field then has its default.
 */
export interface Field<Value> {
  readonly slot: number;
  read(view: TableView | undefined): Value;
  /** Writes what lies outside the table (strings, vectors, tables) and returns the inner step. */
  prepare(builder: Builder, value: Value): Store;
}

/** A field that a table may only have at its default. */
export interface RefusableField {
  isDefault(view: TableView): boolean;
}

/** A FlatBuffers table declared once; `readTable` and `writeTable` follow from it. */
export interface Table<Shape> {
  readonly name: string;
  readonly fields: { readonly [Key in keyof Shape]-?: Field<Shape[Key]> };
  /** Fields this program does not understand, by their schema names. */
  readonly refused: Readonly<Record<string, RefusableField>>;
}

export type ShapeOf<T> = T extends Table<infer Shape> ? Shape : never;

export function table<Shape>(
  name: string,
  fields: Table<Shape>['fields'],
  refused: Readonly<Record<string, RefusableField>> = {},
): Table<Shape> {
  return { name, fields, refused };
}

/** @throws FlatbufferError */
export function readTable<Shape>(
  { name, fields, refused }: Table<Shape>,
  view: TableView | undefined,
): Shape {
  for (const [refusedName, field] of Object.entries(refused)) {
    if (view && !field.isDefault(view)) {
      throw new FlatbufferError('unsupported', `${refusedName} of ${name}`);
    }
  }
  const shape: Partial<Shape> = {};
  for (const key in fields) shape[key] = fields[key].read(view);
  return shape as Shape;
}

export function writeTable<Shape>(
  builder: Builder,
  { fields }: Table<Shape>,
  value: Shape,
): Offset {
  const stores: Store[] = [];
  let slots = 0;
  for (const key in fields) {
    stores.push(fields[key].prepare(builder, value[key]));
    slots = Math.max(slots, fields[key].slot + 1);
  }
  builder.startObject(slots);
  for (const store of stores) store(builder);
  return builder.endObject();
}

/** @throws FlatbufferError also when the file does not carry `identifier` */
export function readFile<Shape>(root: Table<Shape>, identifier: string, bytes: Uint8Array): Shape {
  const source = new FlatbufferSource(bytes);
  if (source.identifier !== identifier) {
    throw new FlatbufferError('damaged', `it does not carry the identifier ${identifier}`);
  }
  return readTable(root, TableView.at(source, source.follow(0)));
}

/** @param sizeHint expected bytes; a good one spares copies of large files */
export function writeFile<Shape>(
  root: Table<Shape>,
  identifier: string,
  value: Shape,
  sizeHint = 1024,
): Uint8Array {
  const builder = new Builder(sizeHint);
  builder.finish(writeTable(builder, root, value), identifier);
  return builder.asUint8Array().slice();
}
