import { AppError } from '../../../shared/api/errors';
import type { ElementType } from '../graph/graph';
import { notPrepared, runFailed, unreadable } from './call-failure';
import type { LoadedModel, TensorData, TensorInfo } from './runtime';
import { arrayTypeOf, checkInputs, elementTypeOf } from './tensor-arrays';
import type { WasmInstance } from './wasm-instance';
import type {
  CompiledWasmModel,
  RankedTensorType,
  TensorBuffer,
  WasmModel,
  WasmModule,
} from './wasm-module';

/** LiteRT runs the first signature; a file without signatures gets one made of its tensors. */
const signatureIndex = 0;

/** Model data starts at a multiple of this, so that the file's own alignment of 16 holds. */
const modelAlignment = 16;

/**
 * Loads `file` into the instance's heap and compiles it.
 * @throws AppError 'model-unreadable' or 'model-broken'.
 */
export function loadWasmModel(
  instance: WasmInstance,
  file: Uint8Array,
  onDispose: () => void,
): LoadedModel {
  const started = performance.now();
  const { module, environment } = instance;
  const release: (() => void)[] = [];
  const releaseAll = () => {
    if (!instance.aborted) for (const free of release.reverse()) free();
    release.length = 0;
  };

  try {
    const model = instance.call(() => {
      const address = module._malloc(file.byteLength + modelAlignment);
      release.push(() => module._free(address));
      const aligned = Math.ceil(address / modelAlignment) * modelAlignment;
      module.HEAPU8.set(file, aligned);
      return module.loadModel(environment, aligned, file.byteLength);
    }, unreadable);
    release.push(() => model.delete());

    const compiled = instance.call(
      () =>
        module.compileModel(environment, model, {
          environment: { liteRtEnvironment: environment },
          accelerator: 'wasm',
          cpuOptions: { numThreads: instance.threads },
          gpuOptions: {},
          webNNOptions: {},
        }),
      notPrepared,
    );
    release.push(() => compiled.delete());

    const { inputs, outputs } = instance.call(() => describeSignature(model), notPrepared);
    for (const tensor of [...inputs, ...outputs]) arrayTypeOf(tensor);
    const inputBuffers = inputs.map((_, index) => {
      const buffer = instance.call(() => createInputBuffer(instance, model, index), notPrepared);
      release.push(() => buffer.delete());
      return buffer;
    });

    let disposed = false;
    let hasRun = false;
    let lastRunMs = 0;
    return {
      get lastRunMs() {
        return lastRunMs;
      },
      inputs,
      outputs,
      loadMs: performance.now() - started,
      async run(values) {
        if (disposed) throw new AppError('runtime-failed', 'The model was closed before this run.');
        checkInputs(values, inputs);
        const begun = performance.now();
        // LiteRT prepares some operators only when they run for the first time.
        const answers = instance.call(
          () => runOnce(module, compiled, inputBuffers, values, outputs),
          hasRun ? runFailed : notPrepared,
        );
        hasRun = true;
        lastRunMs = performance.now() - begun;
        return answers;
      },
      dispose() {
        if (disposed) return;
        disposed = true;
        releaseAll();
        onDispose();
      },
    };
  } catch (error) {
    releaseAll();
    throw error;
  }
}

function describeSignature(model: WasmModel): { inputs: TensorInfo[]; outputs: TensorInfo[] } {
  const signature = model.getSignature(signatureIndex);
  const describe = (names: string[], typeOf: (index: number) => RankedTensorType) =>
    names.map((name, index) => ({ name, ...typeAndShape(typeOf(index)) }));
  const inputs = describe(drain(signature.inputNames()), (index) =>
    model.getInputTensorType(signatureIndex, index),
  );
  const outputs = describe(drain(signature.outputNames()), (index) =>
    model.getOutputTensorType(signatureIndex, index),
  );
  signature.delete();
  return { inputs, outputs };
}

function typeAndShape(tensorType: RankedTensorType): { type: ElementType; shape: number[] } {
  const code = tensorType.elementType().value;
  const layout = tensorType.layout();
  const shape = drain(layout.dimensions());
  layout.delete();
  tensorType.delete();
  return { type: elementTypeOf(code), shape };
}

function drain<Item>(vector: { size(): number; get(index: number): Item; delete(): void }): Item[] {
  const items = Array.from({ length: vector.size() }, (_, index) => vector.get(index));
  vector.delete();
  return items;
}

function createInputBuffer(instance: WasmInstance, model: WasmModel, index: number): TensorBuffer {
  const { module, environment } = instance;
  const tensorType = model.getInputTensorType(signatureIndex, index);
  const buffer = module.LiteRtTensorBuffer.createManaged(
    environment,
    module.LiteRtTensorBufferType.HOST_MEMORY,
    tensorType,
    tensorType.bytes(),
  );
  tensorType.delete();
  return buffer;
}

function runOnce(
  module: WasmModule,
  compiled: CompiledWasmModel,
  inputBuffers: readonly TensorBuffer[],
  values: readonly TensorData[],
  outputs: readonly TensorInfo[],
): TensorData[] {
  const { READ, WRITE } = module.LiteRtTensorBufferLockMode;
  inputBuffers.forEach((buffer, index) => {
    const value = values[index];
    if (value === undefined) return;
    const address = buffer.lock(WRITE);
    module.HEAPU8.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), address);
    buffer.unlock();
  });
  const outputBuffers = compiled.run(signatureIndex, inputBuffers);
  return outputs.map((output, index) => {
    const buffer = outputBuffers[index];
    if (buffer === undefined) throw new Error(`no value for output ${output.name}`);
    const address = buffer.lock(READ);
    const bytes = module.HEAPU8.slice(address, address + buffer.packedSize());
    buffer.unlock();
    buffer.delete();
    return new (arrayTypeOf(output))(bytes.buffer);
  });
}
