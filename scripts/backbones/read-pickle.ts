/** A class or function that a pickle names, as "module name". */
export class PickleGlobal {
  constructor(readonly name: string) {}
}

export interface PickleRules {
  /** What calling a global gives; one that is not listed here stops the reading. */
  calls: Readonly<Record<string, (args: unknown[]) => unknown>>;
  /** What a persistent id stands for. */
  persistent: (id: unknown) => unknown;
}

/** Stands on the stack where a tuple, list or dictionary begins. */
const MARK = Symbol('mark');

/**
 * Reads one pickle of protocol 2 as far as PyTorch checkpoints use it. Pickle is a small program
 * for a stack machine (Python's Lib/pickletools.py); this machine calls nothing but `rules`.
 * Dictionaries become Maps, tuples and lists arrays.
 * @returns the value and the position behind the pickle
 */
export function readPickle(
  bytes: Uint8Array,
  start: number,
  rules: PickleRules,
): { value: unknown; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stack: unknown[] = [];
  const memo = new Map<number, unknown>();
  let position = start;

  const take = (size: number): number => {
    position += size;
    return position - size;
  };
  const uint8 = (): number => view.getUint8(take(1));
  const uint16 = (): number => view.getUint16(take(2), true);
  const int32 = (): number => view.getInt32(take(4), true);
  const text = (length: number): string => {
    const from = take(length);
    return new TextDecoder().decode(bytes.subarray(from, from + length));
  };
  const line = (): string => {
    const value = text(bytes.indexOf(0x0a, position) - position);
    take(1);
    return value;
  };
  const popToMark = (): unknown[] => {
    const items = stack.splice(stack.lastIndexOf(MARK));
    return items.slice(1);
  };
  const popMany = (count: number): unknown[] => stack.splice(stack.length - count);
  const setItems = (items: unknown[]): void => {
    const target = stack.at(-1);
    if (!(target instanceof Map)) throw new Error('The pickle sets items of what is no dictionary');
    for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1]);
  };
  const append = (items: unknown[]): void => {
    const target = stack.at(-1);
    if (!Array.isArray(target)) throw new Error('The pickle appends to what is no list');
    target.push(...items);
  };
  const call = (): unknown => {
    const [target, args] = popMany(2);
    const rule = target instanceof PickleGlobal ? rules.calls[target.name] : undefined;
    if (!rule || !Array.isArray(args)) {
      throw new Error(
        `The pickle calls ${target instanceof PickleGlobal ? target.name : 'a value'}`,
      );
    }
    return rule(args);
  };
  const long = (length: number): bigint => {
    let value = 0n;
    for (let i = 0; i < length; i++) value |= BigInt(uint8()) << BigInt(8 * i);
    return BigInt.asIntN(8 * length, value);
  };

  /** By opcode; each leaves its answer on the stack. */
  const operations: Readonly<Record<number, () => void>> = {
    0x80: () => void uint8(), // PROTO
    0x28: () => stack.push(MARK),
    0x7d: () => stack.push(new Map()), // EMPTY_DICT
    0x5d: () => stack.push([]), // EMPTY_LIST
    0x29: () => stack.push([]), // EMPTY_TUPLE
    0x4e: () => stack.push(undefined), // NONE
    0x88: () => stack.push(true), // NEWTRUE
    0x89: () => stack.push(false), // NEWFALSE
    0x4a: () => stack.push(int32()), // BININT
    0x4b: () => stack.push(uint8()), // BININT1
    0x4d: () => stack.push(uint16()), // BININT2
    0x8a: () => stack.push(long(uint8())), // LONG1
    0x58: () => stack.push(text(int32())), // BINUNICODE
    0x63: () => stack.push(new PickleGlobal(`${line()} ${line()}`)), // GLOBAL
    0x71: () => memo.set(uint8(), stack.at(-1)), // BINPUT
    0x72: () => memo.set(int32(), stack.at(-1)), // LONG_BINPUT
    0x68: () => stack.push(memo.get(uint8())), // BINGET
    0x6a: () => stack.push(memo.get(int32())), // LONG_BINGET
    0x74: () => stack.push(popToMark()), // TUPLE
    0x85: () => stack.push(popMany(1)), // TUPLE1
    0x86: () => stack.push(popMany(2)), // TUPLE2
    0x87: () => stack.push(popMany(3)), // TUPLE3
    0x61: () => append(popMany(1)), // APPEND
    0x65: () => append(popToMark()), // APPENDS
    0x73: () => setItems(popMany(2)), // SETITEM
    0x75: () => setItems(popToMark()), // SETITEMS
    0x51: () => stack.push(rules.persistent(stack.pop())), // BINPERSID
    0x52: () => stack.push(call()), // REDUCE
    0x62: () => void stack.pop(), // BUILD: attributes of a dictionary, which hold no weights
  };

  for (let opcode = uint8(); opcode !== 0x2e; opcode = uint8()) {
    const operation = operations[opcode];
    if (!operation) throw new Error(`The pickle uses opcode ${opcode}`);
    operation();
  }
  return { value: stack.pop(), end: position };
}
