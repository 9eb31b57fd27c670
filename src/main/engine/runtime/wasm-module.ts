import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { compileFunction } from 'node:vm';

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

/** Node's types declare WebAssembly's interfaces but, without the DOM's, no values. */
export const { WebAssembly: webAssembly } = globalThis as unknown as {
  WebAssembly: { validate(bytes: Uint8Array): boolean; RuntimeError: ErrorConstructor };
};

const requireHere = createRequire(import.meta.url);

type ModuleFactory = (settings: {
  wasmBinary: Uint8Array;
  print(line: string): void;
  printErr(line: string): void;
}) => Promise<WasmModule>;

/**
 * Loads LiteRT's single-threaded WebAssembly build (about 100 ms).
 * @param onLogLine gets every line it logs: the only place where many failures are told.
 */
export async function loadWasmModule(onLogLine: (line: string) => void): Promise<WasmModule> {
  const folder = join(packageFolder(), 'wasm');
  const stem = enableRelaxedSimd() ? 'litert_wasm_internal' : 'litert_wasm_compat_internal';
  const scriptFile = join(folder, `${stem}.js`);
  const [script, wasmBinary] = await Promise.all([
    readFile(scriptFile, 'utf8'),
    readFile(join(folder, `${stem}.wasm`)),
  ]);
  const createModule = evaluateCommonJs(script, scriptFile) as ModuleFactory;
  const module = await createModule({ wasmBinary, print: onLogLine, printErr: onLogLine });
  module.setupLogging();
  return module;
}

/** "2.5.3", for provenance. */
export function liteRtVersion(): string {
  const { version } = requireHere('@litertjs/core/package.json') as { version: string };
  return version;
}

const packageFolder = () => dirname(requireHere.resolve('@litertjs/core/package.json'));

/**
 * Emscripten's glue is CommonJS inside a package declared "type": "module", so neither `import`
 * nor `require` takes it. This is what Node's own CommonJS loader does with a file, so that it
 * works from any folder, packaged or not, and leaves no global behind. `process` is a decoy: the
 * glue would set this process's exit code when the module aborts.
 */
function evaluateCommonJs(script: string, file: string): unknown {
  const module = { exports: {} as unknown };
  const body = compileFunction(
    script,
    ['module', 'exports', 'require', '__filename', '__dirname', 'process', 'self'],
    { filename: file },
  ) as (...globals: unknown[]) => void;
  const decoyProcess = { argv: [], exitCode: 0 };
  const decoySelf = { navigator: { hardwareConcurrency: 1 } };
  body(module, module.exports, requireHere, file, dirname(file), decoyProcess, decoySelf);
  return module.exports;
}

/** One function that uses `i8x16.relaxed_swizzle`; the same test as in `@litertjs/core`. */
const relaxedSimdProbe = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15,
  65, 2, 253, 15, 253, 128, 2, 11,
]);

export const hasRelaxedSimd = (): boolean => webAssembly.validate(relaxedSimdProbe);

/** V8 before 11.4 (Node 20) has relaxed SIMD behind a flag that may still be set at run time. */
function enableRelaxedSimd(): boolean {
  if (!hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return hasRelaxedSimd();
}
