import type { LoadedModel } from '../../../main/engine/runtime/runtime';
import type { FromGpu, ToGpu } from './messages';

/** The part of a Worker that is used here. */
export interface GpuWorker {
  postMessage(message: ToGpu): void;
  addEventListener(type: 'message', listener: (event: { data: FromGpu }) => void): void;
  addEventListener(type: 'error', listener: (event: { message: string }) => void): void;
  terminate(): void;
}

/** Shaders are compiled when a model is loaded and in its first runs; one more tells how slow it is without. */
const compilingMs = 30_000;
const slowRuns = 3;
/** Of all runs after that: whoever waits for an answer should not wait a second. */
const patienceMs = 800;

/**
 * A float model with one input and one output by WebGPU, as any other loaded model. A run that fails, or takes too
 * long, ends it: all later ones fail, too.
 * @param like the same model by WebAssembly: its tensors are the same.
 * @throws when it can't be run here.
 */
export async function openGpuModel(
  startWorker: () => GpuWorker,
  file: Uint8Array,
  like: Pick<LoadedModel, 'inputs' | 'outputs'>,
): Promise<LoadedModel> {
  const startedAt = performance.now();
  const worker = startWorker();
  let asked = 0;
  let lastRunMs = 0;
  let ended: Error | undefined;
  let settle: { answer(output: Float32Array): void; fail(error: Error): void } | undefined;

  function end(problem: string): void {
    ended ??= new Error(problem);
    worker.terminate();
    settle?.fail(ended);
  }

  worker.addEventListener('error', ({ message }) => end(message));
  worker.addEventListener('message', ({ data }) => {
    if (data.kind === 'failed') return end(data.problem);
    if (data.kind === 'ready') return settle?.answer(new Float32Array());
    if (data.id !== asked) return;
    lastRunMs = data.ms;
    settle?.answer(data.output);
  });

  function wait(message: ToGpu, ms: number): Promise<Float32Array> {
    if (ended) return Promise.reject(ended);
    let timer: ReturnType<typeof setTimeout> | undefined;
    return new Promise<Float32Array>((resolve, reject) => {
      settle = { answer: resolve, fail: reject };
      timer = setTimeout(() => end(`no answer within ${ms} ms`), ms);
      worker.postMessage(message);
    }).finally(() => clearTimeout(timer));
  }

  await wait({ kind: 'load', file }, compilingMs);
  const loadMs = performance.now() - startedAt;
  /** One run at a time. */
  let turn: Promise<unknown> = Promise.resolve();
  return {
    ...{ inputs: like.inputs, outputs: like.outputs, loadMs },
    get lastRunMs() {
      return lastRunMs;
    },
    run([input]) {
      if (!(input instanceof Float32Array)) throw new TypeError('WebGPU runs float models only');
      const own = turn.then(async () => {
        asked += 1;
        const ms = asked <= slowRuns ? compilingMs : patienceMs;
        return [await wait({ kind: 'run', id: asked, input }, ms)];
      });
      turn = own.catch(() => undefined);
      return own;
    },
    dispose: () => end('it was closed'),
  };
}
