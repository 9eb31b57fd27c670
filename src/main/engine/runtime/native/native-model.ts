import type { TensorInfo } from '../runtime';
import { arrayTypeOf, elementCount, elementTypeOf } from '../tensor-arrays';
import {
  allocate,
  type NativeLibrary,
  type NativeMemory,
  noDestructor,
  type Pointer,
} from './native-library';
import type { FailedStage, Loaded, Ran } from './native-messages';

/** A call of LiteRT that did not answer 0; what it logged tells more. */
export class StageError extends Error {
  constructor(
    readonly stage: FailedStage,
    call: string,
    status: number,
  ) {
    super(`${call} answers ${status}`);
  }
}

/** Puts inputs where LiteRT reads them: the bytes of each, zeros before the first run. */
export type FillInputs = (memory: readonly Uint8Array[]) => void;

/** A model in this process's LiteRT. */
export interface NativeModel {
  readonly loaded: Loaded;
  run(fill: FillInputs): Ran;
  dispose(): void;
}

type MakePointer = (made: [Pointer]) => number;

function make(stage: FailedStage, call: string, action: MakePointer): Pointer {
  const made: [Pointer] = [null];
  check(stage, call, action(made));
  return made[0];
}

function check(stage: FailedStage, call: string, status: number): void {
  if (status !== 0) throw new StageError(stage, call, status);
}

/** `kLiteRtHwAcceleratorCpu`. */
const cpu = 1;

/** LiteRT runs the first signature; a file without signatures gets one made of its tensors. */
const signatureIndex = 0;

export const createNativeEnvironment = (library: NativeLibrary): Pointer =>
  make('open', 'LiteRtCreateEnvironment', (made) => library.LiteRtCreateEnvironment(0, null, made));

/**
 * Reads and compiles a model for `threads` threads of the CPU.
 * @throws StageError; AppError 'model-unsupported' for tensors that can't be exchanged.
 */
export function loadNativeModel(
  library: NativeLibrary,
  environment: Pointer,
  file: Uint8Array,
  threads: number,
): NativeModel {
  const started = performance.now();
  const release: (() => void)[] = [];
  // LiteRT reads file and options where they are: they must not be collected before the model is.
  const kept: NativeMemory[] = [];
  const releaseAll = () => {
    for (const free of release.reverse()) free();
    release.length = 0;
    kept.length = 0;
  };
  try {
    const bytes = allocate(file.byteLength);
    bytes.bytes.set(file);
    kept.push(bytes);
    const model = make('read', 'LiteRtCreateModelFromBuffer', (made) =>
      library.LiteRtCreateModelFromBuffer(environment, bytes.address, file.byteLength, made),
    );
    release.push(() => library.LiteRtDestroyModel(model));

    const options = make('prepare', 'LiteRtCreateOptions', library.LiteRtCreateOptions);
    release.push(() => library.LiteRtDestroyOptions(options));
    check(
      'prepare',
      'LiteRtSetOptionsHardwareAccelerators',
      library.LiteRtSetOptionsHardwareAccelerators(options, cpu),
    );
    const payload = cString(`num_threads = ${threads}\n`);
    kept.push(payload);
    const opaque = make('prepare', 'LiteRtCreateOpaqueOptions', (made) =>
      library.LiteRtCreateOpaqueOptions('xnnpack', payload.address, noDestructor(), made),
    );
    check('prepare', 'LiteRtAddOpaqueOptions', library.LiteRtAddOpaqueOptions(options, opaque));

    const compiled = make('prepare', 'LiteRtCreateCompiledModel', (made) =>
      library.LiteRtCreateCompiledModel(environment, model, options, made),
    );
    release.push(() => library.LiteRtDestroyCompiledModel(compiled));

    const signature = make('prepare', 'LiteRtGetModelSignature', (made) =>
      library.LiteRtGetModelSignature(model, signatureIndex, made),
    );
    const sides = [
      [
        library.LiteRtGetNumSignatureInputs,
        library.LiteRtGetSignatureInputName,
        library.LiteRtGetSignatureInputTensorByIndex,
      ],
      [
        library.LiteRtGetNumSignatureOutputs,
        library.LiteRtGetSignatureOutputName,
        library.LiteRtGetSignatureOutputTensorByIndex,
      ],
    ] as const;
    const [inputs, outputs] = sides.map(([count, nameOf, tensorOf]) => {
      const found: [number] = [0];
      check('prepare', 'LiteRtGetNumSignature…', count(signature, found));
      return Array.from({ length: found[0] }, (_, index) => {
        const name: [string] = [''];
        check('prepare', 'LiteRtGetSignature…Name', nameOf(signature, index, name));
        const tensor = make('prepare', 'LiteRtGetSignature…Tensor', (made) =>
          tensorOf(signature, index, made),
        );
        const place = createPlace(library, tensor, name[0]);
        release.push(() => library.LiteRtDestroyTensorBuffer(place.buffer));
        return place;
      });
    }) as [Place[], Place[]];
    const inputMemory = inputs.map(({ memory }) => memory.bytes);
    const inputList = pointerList(inputs);
    const outputList = pointerList(outputs);

    return {
      loaded: {
        inputs: inputs.map(({ info }) => info),
        outputs: outputs.map(({ info }) => info),
        loadMs: performance.now() - started,
      },
      run(fill) {
        fill(inputMemory);
        const begun = performance.now();
        check(
          'run',
          'LiteRtRunCompiledModel',
          library.LiteRtRunCompiledModel(
            compiled,
            signatureIndex,
            inputs.length,
            inputList.address,
            outputs.length,
            outputList.address,
          ),
        );
        const answers = outputs.map(
          ({ info, memory }) => new (arrayTypeOf(info))(memory.bytes.slice().buffer),
        );
        return { outputs: answers, runMs: performance.now() - begun };
      },
      dispose: releaseAll,
    };
  } catch (error) {
    releaseAll();
    throw error;
  }
}

/** A tensor with the memory that LiteRT reads it from or writes it into. */
interface Place {
  info: TensorInfo;
  memory: NativeMemory;
  buffer: Pointer;
}

/** Room for `LiteRtRankedTensorType`: element type, rank, 8 dimensions, 8 strides. */
const tensorTypeBytes = 256;

function createPlace(library: NativeLibrary, tensor: Pointer, name: string): Place {
  const type = allocate(tensorTypeBytes);
  check(
    'prepare',
    'LiteRtGetRankedTensorType',
    library.LiteRtGetRankedTensorType(tensor, type.address),
  );
  const view = new DataView(type.bytes.buffer, type.bytes.byteOffset);
  // litert/c/litert_layout.h: the rank is a bit field of 7, the dimensions follow from byte 8.
  const rank = view.getUint8(4) & 0x7f;
  const shape = Array.from({ length: rank }, (_, axis) => view.getInt32(8 + 4 * axis, true));
  const info = { name, type: elementTypeOf(view.getInt32(0, true)), shape };
  const byteLength = elementCount(info) * arrayTypeOf(info).BYTES_PER_ELEMENT;
  const memory = allocate(byteLength);
  const buffer = make('prepare', 'LiteRtCreateTensorBufferFromHostMemory', (made) =>
    library.LiteRtCreateTensorBufferFromHostMemory(
      type.address,
      memory.address,
      byteLength,
      null,
      made,
    ),
  );
  return { info, memory, buffer };
}

function cString(text: string): NativeMemory {
  const memory = allocate(text.length + 1);
  new TextEncoder().encodeInto(text, memory.bytes);
  return memory;
}

function pointerList(places: readonly Place[]): NativeMemory {
  const memory = allocate(8 * places.length);
  const view = new DataView(memory.bytes.buffer, memory.bytes.byteOffset);
  places.forEach(({ buffer }, index) => view.setBigUint64(8 * index, buffer ?? 0n, true));
  return memory;
}
