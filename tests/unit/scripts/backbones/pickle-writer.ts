/** Assembles pickles of protocol 2 opcode by opcode, as PyTorch's saver would. */
export class PickleWriter {
  private readonly bytes: number[] = [0x80, 2];

  op(code: string, ...args: number[]): this {
    this.bytes.push(code.charCodeAt(0), ...args);
    return this;
  }

  code(code: number, ...args: number[]): this {
    this.bytes.push(code, ...args);
    return this;
  }

  text(value: string): this {
    const utf8 = new TextEncoder().encode(value);
    return this.op('X', utf8.length, 0, 0, 0).raw(utf8);
  }

  global(module: string, name: string): this {
    return this.op('c').raw(new TextEncoder().encode(`${module}\n${name}\n`));
  }

  integer(value: number): this {
    const word = new Uint8Array(4);
    new DataView(word.buffer).setInt32(0, value, true);
    return this.op('J').raw(word);
  }

  tuple(...items: (() => unknown)[]): this {
    this.op('(');
    for (const item of items) item();
    return this.op('t');
  }

  finish(): Uint8Array {
    return Uint8Array.from([...this.bytes, 0x2e]);
  }

  private raw(bytes: Uint8Array): this {
    this.bytes.push(...bytes);
    return this;
  }
}
