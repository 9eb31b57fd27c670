import type {
  CompiledWasmModel,
  ModuleFactory,
  RankedTensorType,
  TensorBuffer,
  WasmModel,
  WasmModule,
} from '../../../main/engine/runtime/wasm-module';

interface GpuEnvironment {
  delete(): void;
}

interface GpuTensorBuffer extends TensorBuffer {
  isWebGpuMemory(): boolean;
  /** By the number under which `WebGPU.getJsObject` has it. */
  getWebGpuBuffer(): number;
  /** In bytes, within that buffer. */
  offset(): number;
}

export interface CompiledGpuModel extends Omit<CompiledWasmModel, 'run'> {
  run(signature: number, inputs: readonly TensorBuffer[]): GpuTensorBuffer[];
  /** Whether nothing is left to the CPU. */
  isFullyAccelerated(): boolean;
}

/** What of LiteRT's module runs models by WebGPU; every one of its builds has it (`LiteRtWasm` in its index.d.ts). */
export interface GpuModule
  extends Pick<WasmModule, 'HEAPU8' | '_malloc' | '_free' | 'setupLogging'> {
  preinitializedWebGPUDevice?: GPUDevice;
  readonly LiteRtEnvironment: { create(device: GPUDevice): GpuEnvironment };
  loadModel(environment: GpuEnvironment, address: number, bytes: number): WasmModel;
  compileModel(
    environment: GpuEnvironment,
    model: WasmModel,
    options: {
      environment: { liteRtEnvironment: GpuEnvironment };
      accelerator: 'webgpu';
      cpuOptions: { numThreads: number };
      gpuOptions: { precision: 'fp32' };
      webNNOptions: object;
    },
  ): CompiledGpuModel;
  readonly LiteRtTensorBuffer: {
    createFromWebGpuBuffer(
      environment: GpuEnvironment,
      tensorType: RankedTensorType,
      kind: unknown,
      buffer: number,
      bytes: number,
    ): TensorBuffer;
  };
  readonly LiteRtTensorBufferType: { readonly WEB_GPU_BUFFER_PACKED: unknown };
  readonly WebGPU: {
    importJsBuffer(buffer: GPUBuffer): number;
    getJsObject(id: number): GPUBuffer;
  };
  wgpuBufferRelease(buffer: number): void;
}

export type GpuModuleFactory = (...settings: Parameters<ModuleFactory>) => Promise<GpuModule>;
