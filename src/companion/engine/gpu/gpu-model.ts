import type { GpuModule } from './gpu-module';

/** A float model with one input and one output, on the graphics processor. */
export interface GpuModel {
  /** @throws when the device is gone. */
  run(input: Float32Array): Promise<Float32Array<ArrayBuffer>>;
}

/** Model data starts at a multiple of this, so that the file's own alignment holds. */
const alignment = 16;
/** GPUBufferUsage and GPUMapMode of the WebGPU specification, of whose values TypeScript knows nothing yet. */
const usage = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, storage: 0x80 };
const mapForReading = 0x1;
const features: readonly GPUFeatureName[] = ['shader-f16', 'subgroups'];

/** As `@litertjs/core` asks for one: with all that the adapter allows for sizes. @throws when there is none. */
export async function requestDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('no adapter');
  const { limits } = adapter;
  return adapter.requestDevice({
    requiredFeatures: features.filter((feature) => adapter.features.has(feature)),
    requiredLimits: {
      maxBufferSize: limits.maxBufferSize,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
      maxTextureDimension2D: limits.maxTextureDimension2D,
    },
  });
}

/** @throws when LiteRT can't read the model, or would leave part of it to the CPU. */
export function loadGpuModel(module: GpuModule, device: GPUDevice, file: Uint8Array): GpuModel {
  const environment = module.LiteRtEnvironment.create(device);
  const address = module._malloc(file.byteLength + alignment);
  const aligned = Math.ceil(address / alignment) * alignment;
  module.HEAPU8.set(file, aligned);
  const model = module.loadModel(environment, aligned, file.byteLength);
  const compiled = module.compileModel(environment, model, {
    environment: { liteRtEnvironment: environment },
    accelerator: 'webgpu',
    cpuOptions: { numThreads: 1 },
    // As the desktop computes, to which golden photos hold it.
    gpuOptions: { precision: 'fp32' },
    webNNOptions: {},
  });
  if (!compiled.isFullyAccelerated()) throw new Error('it can’t do all of this model');
  const inputType = model.getInputTensorType(0, 0);
  const bytes = inputType.bytes();
  const input = device.createBuffer({
    size: bytes,
    usage: usage.copySource | usage.copyTarget | usage.storage,
  });
  const known = module.WebGPU.importJsBuffer(input);
  const kind = module.LiteRtTensorBufferType.WEB_GPU_BUFFER_PACKED;
  const inputBuffer = module.LiteRtTensorBuffer.createFromWebGpuBuffer(
    ...([environment, inputType, kind, known, bytes] as const),
  );

  async function read(
    source: GPUBuffer,
    from: number,
    length: number,
  ): Promise<Float32Array<ArrayBuffer>> {
    const target = device.createBuffer({
      size: source.size,
      usage: usage.copyTarget | usage.mapRead,
    });
    const commands = device.createCommandEncoder();
    commands.copyBufferToBuffer(source, 0, target, 0, source.size);
    device.queue.submit([commands.finish()]);
    try {
      await target.mapAsync(mapForReading);
      return new Float32Array(target.getMappedRange().slice(from, from + length));
    } finally {
      target.destroy();
    }
  }

  return {
    async run(values) {
      if (values.byteLength !== bytes) throw new Error('an input of another size');
      device.queue.writeBuffer(input, 0, Float32Array.from(values));
      const [output] = compiled.run(0, [inputBuffer]);
      if (!output) throw new Error('no output');
      try {
        if (!output.isWebGpuMemory()) throw new Error('an output elsewhere than on the device');
        const source = module.WebGPU.getJsObject(output.getWebGpuBuffer());
        return await read(source, output.offset(), output.packedSize());
      } finally {
        output.delete();
      }
    },
  };
}
