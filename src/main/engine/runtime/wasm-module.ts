/** Objects of the WebAssembly heap are freed by `delete`, never by the garbage collector. */
interface Deletable {
  delete(): void;
}

interface Vector<Item> extends Deletable {
  size(): number;
  get(index: number): Item;
}

interface EnumElement {
  readonly value: number;
}

interface Layout extends Deletable {
  dimensions(): Vector<number>;
}

export interface RankedTensorType extends Deletable {
  elementType(): EnumElement;
  layout(): Layout;
  bytes(): number;
}

export interface TensorBuffer extends Deletable {
  /** Address of the data in the heap, valid until `unlock`. */
  lock(mode: EnumElement): number;
  unlock(): void;
  packedSize(): number;
}

interface Signature extends Deletable {
  inputNames(): Vector<string>;
  outputNames(): Vector<string>;
}

export interface WasmModel extends Deletable {
  getSignature(index: number): Signature;
  getInputTensorType(signature: number, index: number): RankedTensorType;
  getOutputTensorType(signature: number, index: number): RankedTensorType;
}

export interface CompiledWasmModel extends Deletable {
  /** New buffers, one an output; the caller deletes them. */
  run(signature: number, inputs: readonly TensorBuffer[]): TensorBuffer[];
}

interface Environment extends Deletable {
  readonly liteRtEnvironmentBrand?: undefined;
}

/**
 * The part of LiteRT's embind module that running a model on the CPU needs. `@litertjs/core`
 * types the same module (`LiteRtWasm` in its index.d.ts), for browsers; its own JavaScript layer
 * is not used because it refuses int8 tensors and loads through `importScripts`.
 */
export interface WasmModule {
  /** A new view after every growth of the heap: read it again after each call. */
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  setupLogging(): void;
  readonly LiteRtEnvironment: { create(webGpuDevice: null): Environment };
  loadModel(environment: Environment, address: number, bytes: number): WasmModel;
  compileModel(
    environment: Environment,
    model: WasmModel,
    options: {
      environment: { liteRtEnvironment: Environment };
      accelerator: 'wasm';
      cpuOptions: { numThreads: number };
      gpuOptions: object;
      webNNOptions: object;
    },
  ): CompiledWasmModel;
  readonly LiteRtTensorBuffer: {
    createManaged(
      environment: Environment,
      type: EnumElement,
      tensorType: RankedTensorType,
      bytes: number,
    ): TensorBuffer;
  };
  readonly LiteRtTensorBufferType: { readonly HOST_MEMORY: EnumElement };
  readonly LiteRtTensorBufferLockMode: {
    readonly READ: EnumElement;
    readonly WRITE: EnumElement;
  };
}

/** What Emscripten's glue gives: makes the module from the bytes of its WebAssembly file. */
export type ModuleFactory = (settings: {
  wasmBinary: Uint8Array;
  /** Where its threads load the glue from; only of the build with threads. */
  mainScriptUrlOrBlob?: string;
  print(line: string): void;
  printErr(line: string): void;
}) => Promise<WasmModule>;

/** One of LiteRT's WebAssembly builds, and how it is loaded here. */
export interface WasmBuild {
  /** For provenance: "LiteRT 2.5.3 WebAssembly (relaxed SIMD)". */
  readonly name: string;
  /** Threads one inference uses. */
  readonly threads: number;
  /** @param onLogLine gets every line it logs: the only place where many failures are told. */
  loadModule(onLogLine: (line: string) => void): Promise<WasmModule>;
}
