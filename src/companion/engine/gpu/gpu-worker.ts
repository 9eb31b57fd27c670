import { version } from '@litertjs/core/package.json';
import { hasRelaxedSimd } from '../../../main/engine/runtime/web-assembly';
import { type GpuModel, loadGpuModel, requestDevice } from './gpu-model';
import type { GpuModuleFactory } from './gpu-module';
import type { FromGpu, ToGpu } from './messages';

/**
 * A worker of its own for WebGPU: compiling shaders may take seconds, and what makes LiteRT abort here must not take
 * down the module whose answers people see meanwhile.
 */
const scope = self as unknown as {
  postMessage(message: FromGpu, handedOver?: Transferable[]): void;
  onmessage: ((event: { data: ToGpu }) => void) | null;
  importScripts(url: string): void;
  ModuleFactory?: GpuModuleFactory;
};

let model: Promise<GpuModel> | undefined;

/** LiteRT tells many failures by a log line alone. */
let logged: string | undefined;
function hear(line: string): void {
  if (/^(ERROR:|E\d{4} )/.test(line)) logged ??= line;
}

async function load(file: Uint8Array): Promise<GpuModel> {
  const device = await requestDevice();
  void device.lost.then(({ message }) => fail(`the device is gone. ${message}`));
  device.addEventListener('uncapturederror', ({ error }) => fail(error.message));
  const stem = hasRelaxedSimd() ? 'litert_wasm_internal' : 'litert_wasm_compat_internal';
  const url = new URL(`/litert/${version}/${stem}`, location.origin).href;
  scope.importScripts(`${url}.js`);
  const { ModuleFactory: createModule } = scope;
  if (!createModule) throw new Error(`${stem} did not load`);
  const binary = await fetch(`${url}.wasm`);
  if (!binary.ok) throw new Error(`${stem}: ${binary.status}`);
  const wasmBinary = new Uint8Array(await binary.arrayBuffer());
  const module = await createModule({ wasmBinary, print: hear, printErr: hear });
  module.setupLogging();
  module.preinitializedWebGPUDevice = device;
  const loaded = loadGpuModel(module, device, file);
  requireNothingLogged();
  return loaded;
}

async function run(id: number, input: Float32Array): Promise<void> {
  const loaded = await model;
  const startedAt = performance.now();
  const output = await loaded?.run(input);
  requireNothingLogged();
  if (!output) return;
  const ms = performance.now() - startedAt;
  scope.postMessage({ kind: 'answer', id, output, ms }, [output.buffer]);
}

function requireNothingLogged(): void {
  if (logged !== undefined) throw new Error(logged);
}

const fail = (problem: string) => scope.postMessage({ kind: 'failed', problem });
const failWith = (error: unknown) => fail(error instanceof Error ? error.message : String(error));

scope.onmessage = ({ data }) => {
  if (data.kind === 'run') return void run(data.id, data.input).catch(failWith);
  model = load(data.file);
  model.then(() => scope.postMessage({ kind: 'ready' }), failWith);
};
