import { ByteBuffer } from 'flatbuffers';
import { FlatbufferError } from './flatbuffer-error';

/** Shortest file: root offset, identifier. */
const HEADER_BYTES = 8;

/**
 * Bounds-checked reads of a FlatBuffer (https://flatbuffers.dev/internals). `ByteBuffer` itself
 * reads past the end without a word, so every access is checked here first.
 *
 * Offsets may point many parents at one child; a few bytes could thus unfold into billions of
 * objects. Honest files share little, so what is unfolded may cost at most a few times the file.
 */
export class FlatbufferSource {
  private readonly buffer: ByteBuffer;
  private budget: number;

  constructor(private readonly bytes: Uint8Array) {
    this.buffer = new ByteBuffer(bytes);
    this.budget = 4 * bytes.length;
    this.check(0, HEADER_BYTES);
  }

  /** The four characters after the root offset that name the file's kind. */
  get identifier(): string {
    return String.fromCharCode(...this.bytes.subarray(4, HEADER_BYTES));
  }

  /** Follows the offset stored at `position`. */
  follow(position: number): number {
    return position + this.uint32(position);
  }

  /** The vector whose offset is stored at `position`, all of it inside the file. */
  vector(position: number, elementSize: number): { start: number; length: number } {
    const start = this.follow(position) + 4;
    const length = this.uint32(start - 4);
    this.check(start, length * elementSize);
    return { start, length };
  }

  /** A view, not a copy. */
  byteRange(start: number, length: number): Uint8Array {
    this.check(start, length);
    return this.bytes.subarray(start, start + length);
  }

  /** Pays for `cost` bytes' worth of objects about to be made. */
  spend(cost: number): void {
    this.budget -= cost;
    if (this.budget < 0) throw new FlatbufferError('damaged', 'its parts refer to each other');
  }

  check(position: number, size: number): void {
    if (position < 0 || position + size > this.bytes.length) {
      throw new FlatbufferError('damaged', 'it ends too early or an offset points outside of it');
    }
  }

  int8(position: number): number {
    this.check(position, 1);
    return this.buffer.readInt8(position);
  }

  uint8(position: number): number {
    this.check(position, 1);
    return this.buffer.readUint8(position);
  }

  uint16(position: number): number {
    this.check(position, 2);
    return this.buffer.readUint16(position);
  }

  int32(position: number): number {
    this.check(position, 4);
    return this.buffer.readInt32(position);
  }

  uint32(position: number): number {
    this.check(position, 4);
    return this.buffer.readUint32(position);
  }

  /** As a number; beyond 2^53 the file is taken for damaged. */
  int64(position: number): number {
    this.check(position, 8);
    const value = Number(this.buffer.readInt64(position));
    if (!Number.isSafeInteger(value)) {
      throw new FlatbufferError('damaged', 'it holds an integer that is out of range');
    }
    return value;
  }

  float32(position: number): number {
    this.check(position, 4);
    return this.buffer.readFloat32(position);
  }
}
