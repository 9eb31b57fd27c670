import type { FlatbufferSource } from './flatbuffer-source';

/** One table of a FlatBuffer: finds the stored value of a slot through the table's vtable. */
export class TableView {
  private constructor(
    readonly source: FlatbufferSource,
    private readonly position: number,
    private readonly vtable: number,
    private readonly vtableSize: number,
  ) {}

  static at(source: FlatbufferSource, position: number): TableView {
    const vtable = position - source.int32(position);
    const vtableSize = source.uint16(vtable);
    source.check(vtable, vtableSize);
    source.spend(4);
    return new TableView(source, position, vtable, vtableSize);
  }

  /** Where the value of `slot` is stored; undefined when absent, which means its default. */
  find(slot: number): number | undefined {
    const entry = 4 + 2 * slot;
    if (entry + 2 > this.vtableSize) return undefined;
    const offset = this.source.uint16(this.vtable + entry);
    return offset === 0 ? undefined : this.position + offset;
  }
}
