import { createRequire } from 'node:module';

/** An address, as koffi hands it out; 0 and null are none. */
export type Pointer = bigint | null;
type Out<Value> = [Value];

/** What this program uses of koffi, an optional package: its own types may not be there. */
interface Koffi {
  load(file: string): { func(declaration: string): (...values: unknown[]) => unknown };
  address(memory: ArrayBufferView): bigint;
  proto(declaration: string): object;
  pointer(type: object): object;
  register(callback: () => void, type: object): Pointer;
}

/**
 * LiteRT's C API as version 2.3.0 of the wheel exports it (LiteRtStatus of every function left to
 * the caller: 0 is fine). Other versions have other parameters: see ADR 18.
 */
export interface NativeLibrary {
  LiteRtCreateEnvironment(options: number, values: null, made: Out<Pointer>): number;
  LiteRtCreateModelFromBuffer(
    environment: Pointer,
    address: bigint,
    bytes: number,
    made: Out<Pointer>,
  ): number;
  LiteRtDestroyModel(model: Pointer): void;
  LiteRtCreateOptions(made: Out<Pointer>): number;
  LiteRtDestroyOptions(options: Pointer): void;
  LiteRtSetOptionsHardwareAccelerators(options: Pointer, accelerators: number): number;
  LiteRtCreateOpaqueOptions(
    identifier: string,
    payload: bigint,
    destructor: Pointer,
    made: Out<Pointer>,
  ): number;
  LiteRtAddOpaqueOptions(options: Pointer, opaque: Pointer): number;
  LiteRtCreateCompiledModel(
    environment: Pointer,
    model: Pointer,
    options: Pointer,
    made: Out<Pointer>,
  ): number;
  LiteRtDestroyCompiledModel(compiled: Pointer): void;
  LiteRtGetModelSignature(model: Pointer, index: number, found: Out<Pointer>): number;
  LiteRtGetNumSignatureInputs(signature: Pointer, count: Out<number>): number;
  LiteRtGetNumSignatureOutputs(signature: Pointer, count: Out<number>): number;
  LiteRtGetSignatureInputName(signature: Pointer, index: number, name: Out<string>): number;
  LiteRtGetSignatureOutputName(signature: Pointer, index: number, name: Out<string>): number;
  LiteRtGetSignatureInputTensorByIndex(
    signature: Pointer,
    index: number,
    tensor: Out<Pointer>,
  ): number;
  LiteRtGetSignatureOutputTensorByIndex(
    signature: Pointer,
    index: number,
    tensor: Out<Pointer>,
  ): number;
  LiteRtGetRankedTensorType(tensor: Pointer, type: bigint): number;
  LiteRtCreateTensorBufferFromHostMemory(
    type: bigint,
    address: bigint,
    bytes: number,
    deallocator: null,
    made: Out<Pointer>,
  ): number;
  LiteRtDestroyTensorBuffer(buffer: Pointer): void;
  LiteRtRunCompiledModel(
    compiled: Pointer,
    signature: number,
    inputCount: number,
    inputs: bigint,
    outputCount: number,
    outputs: bigint,
  ): number;
}

const declarations = [
  'int LiteRtCreateEnvironment(int options, void *values, _Out_ void **made)',
  'int LiteRtCreateModelFromBuffer(void *environment, void *address, size_t bytes, _Out_ void **made)',
  'void LiteRtDestroyModel(void *model)',
  'int LiteRtCreateOptions(_Out_ void **made)',
  'void LiteRtDestroyOptions(void *options)',
  'int LiteRtSetOptionsHardwareAccelerators(void *options, int accelerators)',
  'int LiteRtCreateOpaqueOptions(const char *identifier, void *payload, void *destructor, _Out_ void **made)',
  'int LiteRtAddOpaqueOptions(void *options, void *opaque)',
  'int LiteRtCreateCompiledModel(void *environment, void *model, void *options, _Out_ void **made)',
  'void LiteRtDestroyCompiledModel(void *compiled)',
  'int LiteRtGetModelSignature(void *model, size_t index, _Out_ void **found)',
  'int LiteRtGetNumSignatureInputs(void *signature, _Out_ size_t *count)',
  'int LiteRtGetNumSignatureOutputs(void *signature, _Out_ size_t *count)',
  'int LiteRtGetSignatureInputName(void *signature, size_t index, _Out_ const char **name)',
  'int LiteRtGetSignatureOutputName(void *signature, size_t index, _Out_ const char **name)',
  'int LiteRtGetSignatureInputTensorByIndex(void *signature, size_t index, _Out_ void **tensor)',
  'int LiteRtGetSignatureOutputTensorByIndex(void *signature, size_t index, _Out_ void **tensor)',
  'int LiteRtGetRankedTensorType(void *tensor, void *type)',
  'int LiteRtCreateTensorBufferFromHostMemory(void *type, void *address, size_t bytes, void *deallocator, _Out_ void **made)',
  'void LiteRtDestroyTensorBuffer(void *buffer)',
  'int LiteRtRunCompiledModel(void *compiled, size_t signature, size_t inputCount, void *inputs, size_t outputCount, void *outputs)',
];

const requireHere = createRequire(import.meta.url);

/** Whether koffi, an optional package, was installed for this machine. */
export function hasKoffi(): boolean {
  try {
    return typeof loadKoffi().load === 'function';
  } catch {
    return false;
  }
}

const loadKoffi = () => requireHere('koffi') as Koffi;

/** Opens the shared library. @throws Error when it can't be loaded or lacks a function. */
export function openNativeLibrary(file: string): NativeLibrary {
  const library = loadKoffi().load(file);
  const functions = declarations.map((declaration) => [
    /(\w+)\(/.exec(declaration)?.[1] ?? '',
    library.func(declaration),
  ]);
  return Object.fromEntries(functions) as NativeLibrary;
}

let nothing: Pointer = null;

/** A destructor that leaves memory alone: what is handed over here is V8's. */
export function noDestructor(): Pointer {
  const koffi = loadKoffi();
  nothing ??= koffi.register(
    () => undefined,
    koffi.pointer(koffi.proto('void PocketlensDestructor(void *payload)')),
  );
  return nothing;
}

/** What LiteRT demands of host memory. */
const alignment = 64;

export interface NativeMemory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Valid as long as `bytes` is referenced: V8 does not move the contents of a buffer. */
  readonly address: bigint;
}

/** Zeroed memory that LiteRT can work on, aligned to 64 bytes. */
export function allocate(byteLength: number): NativeMemory {
  // Of a buffer: small typed arrays without one lie on V8's heap, where they are moved.
  const whole = new Uint8Array(new ArrayBuffer(byteLength + alignment));
  const start = loadKoffi().address(whole);
  const skipped = Number((BigInt(alignment) - (start % BigInt(alignment))) % BigInt(alignment));
  return {
    bytes: whole.subarray(skipped, skipped + byteLength),
    address: start + BigInt(skipped),
  };
}
