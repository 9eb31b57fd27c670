import type { LoadedModel } from '../../../main/engine/runtime/runtime';
import type { CompanionGolden } from '../../../shared/domain/companion-protocol';
import { percentile } from '../../../shared/domain/statistics';
import type { EngineState } from '../../messages';
import type { SquarePixels } from '../../photo/model-pixels';
import { texts } from '../../texts';
import { type PhotoParts, readAsked, sentenceOf } from '../answer-photos';
import { type ModelAnswer, modelAnswerer, type ReadyModel } from '../ready-model';

export interface GpuOfferParts extends PhotoParts {
  /** Resolves to undefined where it is not offered, with nothing loaded for it. @param read gives the model's file. */
  openGpu(
    read: () => Promise<Uint8Array>,
    like: Pick<LoadedModel, 'inputs' | 'outputs'>,
  ): Promise<LoadedModel | undefined>;
  /** What `stateOf` says of a model is another. */
  onChange(): void;
}

export interface GpuOffer {
  /**
   * Tries once whether WebGPU answers a float model's golden photos as WebAssembly does, and faster; if so it runs the
   * model from now on. WebAssembly goes on answering meanwhile, and again as soon as a run fails.
   */
  consider(model: ReadyModel, golden: CompanionGolden): Promise<void>;
  stateOf(model: ReadyModel): EngineState;
}

/** The first runs compile shaders; those that count come after. */
const warmups = 2;
const timed = 7;
/** So much slower in its first run that counts, and no more are needed. */
const hopeless = 4;
/** It has to be clearly faster: a switch for nothing is only a risk. */
const worthIt = 0.9;
const floats: ReadonlySet<string> = new Set(['float32', 'float16']);

export function createGpuOffer(parts: GpuOfferParts): GpuOffer {
  const states = new WeakMap<ReadyModel, EngineState>();
  function set(model: ReadyModel, state: EngineState): void {
    states.set(model, state);
    parts.onChange();
  }

  async function measure(model: ReadyModel, golden: CompanionGolden): Promise<void> {
    const gpu = await parts.openGpu(async () => {
      const file = await parts.files.read(model.file);
      if (!file) throw new Error(texts.refused.missing);
      return file;
    }, model.tensors);
    if (!gpu) return;
    set(model, { runs: 'wasm', trial: { outcome: 'trying' } });
    try {
      const answer = modelAnswerer(gpu, model.contract);
      const squares: SquarePixels[] = [];
      for (const photo of golden.photos) squares.push(await readAsked(model, photo, parts));
      const [gpuMs, wasmMs] = await timesOf(answer, model, squares);
      const times = { gpuMs, wasmMs };
      if (gpuMs > worthIt * wasmMs) {
        gpu.dispose();
        return set(model, { runs: 'wasm', trial: { outcome: 'slower', ...times } });
      }
      const difference = await differenceOf(answer, model, squares, golden);
      if (difference > golden.bound) {
        gpu.dispose();
        return set(model, { runs: 'wasm', trial: { outcome: 'different', difference } });
      }
      model.useGpu(gpu, (problem) =>
        set(model, { runs: 'wasm', trial: { outcome: 'failed', problem } }),
      );
      set(model, { runs: 'webgpu', trial: { outcome: 'faster', ...times } });
    } catch (error) {
      gpu.dispose();
      throw error;
    }
  }

  return {
    async consider(model, golden) {
      if (states.has(model) || !floats.has(model.contract.precision)) return;
      states.set(model, { runs: 'wasm' });
      try {
        await measure(model, golden);
      } catch (error) {
        set(model, { runs: 'wasm', trial: { outcome: 'failed', problem: sentenceOf(error) } });
      }
    },
    stateOf: (model) => states.get(model) ?? { runs: 'wasm' },
  };
}

type Answerer = (square: SquarePixels) => Promise<ModelAnswer>;

/** Medians, taken in turns, so that what else the phone does slows both. */
async function timesOf(
  answer: Answerer,
  model: ReadyModel,
  squares: readonly SquarePixels[],
): Promise<[gpuMs: number, wasmMs: number]> {
  const times: { gpu: number[]; wasm: number[] } = { gpu: [], wasm: [] };
  for (let run = 0; run < warmups + timed; run++) {
    const square = squares[run % squares.length];
    if (!square) break;
    const gpu = await answer(square);
    const wasm = await model.answerByWasm(square);
    if (run < warmups) continue;
    times.gpu.push(gpu.inferenceMs);
    times.wasm.push(wasm.inferenceMs);
    if (gpu.inferenceMs > hopeless * wasm.inferenceMs) break;
  }
  return [percentile(times.gpu, 0.5), percentile(times.wasm, 0.5)];
}

/** The largest one of a probability, to WebAssembly's answers here and to the desktop's. */
async function differenceOf(
  answer: Answerer,
  model: ReadyModel,
  squares: readonly SquarePixels[],
  golden: CompanionGolden,
): Promise<number> {
  let largest = 0;
  for (const [index, square] of squares.entries()) {
    const { probabilities } = await answer(square);
    const others = [
      (await model.answerByWasm(square)).probabilities,
      golden.photos[index]?.expected,
    ];
    for (const other of others) {
      other?.forEach((expected, at) => {
        const difference = Math.abs(expected - (probabilities[at] ?? Number.NaN));
        // What is no number is as far off as can be.
        largest = Math.max(largest, Number.isNaN(difference) ? 1 : difference);
      });
    }
  }
  return largest;
}
