import { createGpuOffer } from '@companion/engine/gpu/gpu-offer';
import { type GpuWorker, openGpuModel } from '@companion/engine/gpu/open-gpu-model';
import type { FromGpu, ToGpu } from '@companion/engine/gpu/messages';
import { openModel } from '@companion/engine/ready-model';
import type { StudioFiles } from '@companion/engine/studio-files';
import type { LoadedModel, Runtime, TensorData } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { companionGoldenSchema } from '@shared/domain/companion-protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeSquare, readVector, vectorManifest } from './companion-vectors';

const entryOf = (precision: string) =>
  vectorManifest.models.find((model) => model.precision === precision)!;
const files: StudioFiles = {
  read: async (name) => new Uint8Array(readVector(`folder/${name}`)),
  send: async () => true,
};

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

interface FakeGpu {
  /** Of a run, in milliseconds; WebAssembly takes some tenths. */
  ms: number;
  /** Added to the first probability. */
  off?: number;
  /** The run from which on all fail. */
  failsFrom?: number;
  isOffered?: boolean;
}

/** A pushed model, and a device that answers as WebAssembly does, but for what the test says. */
async function open(
  { ms, off = 0, failsFrom = Infinity, isOffered = true }: FakeGpu,
  precision = 'float32',
) {
  const entry = entryOf(precision);
  const model = await openModel(entry, files, runtime);
  const other = await runtime.load(await files.read(entry.file).then((bytes) => bytes!));
  let runs = 0;
  const gpu: LoadedModel & { disposed: boolean } = {
    ...{ inputs: other.inputs, outputs: other.outputs, loadMs: 0, lastRunMs: ms, disposed: false },
    async run(inputs: readonly TensorData[]) {
      runs += 1;
      if (runs >= failsFrom) throw new Error('device lost');
      const outputs = await other.run(inputs);
      outputs[0]![0]! += off;
      return outputs;
    },
    dispose: () => void (gpu.disposed = true),
  };
  const asked = vi.fn(async () => (isOffered ? gpu : undefined));
  const states: string[] = [];
  const offer = createGpuOffer({
    files,
    openGpu: asked,
    readSquare: async (picture, cropFraction) =>
      decodeSquare(new Uint8Array(await picture.arrayBuffer()), cropFraction),
    onChange: () => {
      const { runs: engine, trial } = offer.stateOf(model);
      states.push([engine, trial?.outcome].filter(Boolean).join(' '));
    },
  });
  const golden = companionGoldenSchema.parse(
    JSON.parse(readVector(`folder/golden/${entry.sha256}.json`).toString('utf8')),
  );
  await offer.consider(model, golden);
  const [photo] = golden.photos;
  const square = await decodeSquare(
    new Uint8Array(readVector(`folder/${photo!.file}`)),
    model.contract.preprocessing.cropFraction,
  );
  return { model, gpu, asked, states, offer, golden, square, runs: () => runs };
}

describe('WebGPU', () => {
  it('runs a float model where it is faster and answers alike', async () => {
    const { model, states, square, runs, offer } = await open({ ms: 0.0001 });
    expect(states).toEqual(['wasm trying', 'webgpu faster']);
    const before = runs();
    const answer = await model.answer(square);
    expect(runs()).toBe(before + 1);
    expect(answer.inferenceMs).toBe(0.0001);
    expect(answer.probabilities).toEqual((await model.answerByWasm(square)).probabilities);
    expect(offer.stateOf(model)).toMatchObject({ trial: { gpuMs: 0.0001 } });
  });

  it.each<[string, FakeGpu, object]>([
    ['is slower', { ms: 10_000 }, { outcome: 'slower', gpuMs: 10_000 }],
    ['answers otherwise', { ms: 0.0001, off: 0.2 }, { outcome: 'different' }],
    ['answers with what is no number', { ms: 0.0001, off: Number.NaN }, { outcome: 'different' }],
    [
      'fails in the trial',
      { ms: 0.0001, failsFrom: 3 },
      { outcome: 'failed', problem: 'device lost' },
    ],
  ])('leaves it to WebAssembly where it %s', async (_, fake, trial) => {
    const { model, gpu, states, offer, square, runs } = await open(fake);
    expect(offer.stateOf(model)).toMatchObject({ runs: 'wasm', trial });
    expect(states.every((state) => state.startsWith('wasm'))).toBe(true);
    expect(gpu.disposed).toBe(true);
    const before = runs();
    await model.answer(square);
    expect(runs()).toBe(before);
  });

  it('that fails later costs no answer', async () => {
    const probe = await open({ ms: 0.0001 });
    const failsFrom = probe.runs() + 2;
    const { model, gpu, offer, square, runs } = await open({ ms: 0.0001, failsFrom });
    await model.answer(square);
    expect(offer.stateOf(model).runs).toBe('webgpu');
    const answers = await Promise.all([model.answer(square), model.answer(square)]);
    const expected = (await model.answerByWasm(square)).probabilities;
    for (const { probabilities } of answers) expect(probabilities).toEqual(expected);
    expect(offer.stateOf(model)).toEqual({
      runs: 'wasm',
      trial: { outcome: 'failed', problem: 'device lost' },
    });
    expect(gpu.disposed).toBe(true);
    const before = runs();
    await model.answer(square);
    expect(runs()).toBe(before);
  });

  it('is not asked for with int8 models, nor twice', async () => {
    expect((await open({ ms: 0.0001 }, 'int8')).asked).not.toHaveBeenCalled();
    const { asked, offer, model, golden, states } = await open({ ms: 1, isOffered: false });
    await offer.consider(model, golden);
    expect(asked).toHaveBeenCalledTimes(1);
    // Where it is not offered nothing is said of it.
    expect(states).toEqual([]);
  });

  it('is let go with its model, also when that goes in the middle of the trial', async () => {
    const { model, gpu } = await open({ ms: 0.0001 });
    model.dispose();
    expect(gpu.disposed).toBe(true);
    const second = await open({ ms: 10_000 });
    second.model.dispose();
    const late = { ...second.gpu, dispose: vi.fn() };
    second.model.useGpu(late, () => undefined);
    expect(late.dispose).toHaveBeenCalled();
  });
});

describe('the worker of WebGPU', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const tensors = { inputs: [], outputs: [] };
  function fakeWorker(answer: (message: ToGpu) => FromGpu | undefined) {
    const listeners: ((event: { data: FromGpu }) => void)[] = [];
    const tell = (data: FromGpu) => listeners.forEach((listener) => listener({ data }));
    const terminate = vi.fn();
    const worker: GpuWorker = {
      postMessage(message) {
        const said = answer(message);
        if (said) queueMicrotask(() => tell(said));
      },
      addEventListener(type: string, listener: never) {
        if (type === 'message') listeners.push(listener);
      },
      terminate,
    };
    return { worker, tell, terminate };
  }
  const double = (message: ToGpu): FromGpu =>
    message.kind === 'load'
      ? { kind: 'ready' }
      : { kind: 'answer', id: message.id, output: message.input.map((x) => 2 * x), ms: 5 };
  const input = Float32Array.of(1, 2);

  it('answers one run after the other, with its own time', async () => {
    const { worker } = fakeWorker(double);
    const model = await openGpuModel(() => worker, new Uint8Array(), tensors);
    const both = await Promise.all([model.run([input]), model.run([Float32Array.of(3, 4)])]);
    expect(both).toEqual([[Float32Array.of(2, 4)], [Float32Array.of(6, 8)]]);
    expect(model.lastRunMs).toBe(5);
  });

  it('that can’t load the model says why', async () => {
    const { worker, terminate } = fakeWorker(() => ({ kind: 'failed', problem: 'no adapter' }));
    await expect(openGpuModel(() => worker, new Uint8Array(), tensors)).rejects.toThrow(
      'no adapter',
    );
    expect(terminate).toHaveBeenCalled();
  });

  it('that loses its device, or hangs, fails the run under way and all later ones', async () => {
    let isSilent = false;
    const { worker, tell, terminate } = fakeWorker((message) =>
      isSilent ? undefined : double(message),
    );
    const model = await openGpuModel(() => worker, new Uint8Array(), tensors);
    for (let run = 0; run < 4; run++) await model.run([input]);
    isSilent = true;
    const hung = expect(model.run([input])).rejects.toThrow('no answer within 800 ms');
    await vi.advanceTimersByTimeAsync(800);
    await hung;
    expect(terminate).toHaveBeenCalled();
    isSilent = false;
    await expect(model.run([input])).rejects.toThrow('no answer within 800 ms');
    tell({ kind: 'failed', problem: 'lost' });
    await expect(model.run([input])).rejects.toThrow('no answer within 800 ms');
  });
});
