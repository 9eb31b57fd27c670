import { join } from 'node:path';
import { backbonePreprocessing } from '../../src/shared/domain/backbone';
import { createRandom } from '../../src/shared/domain/random';
import { cleanGraph } from '../../src/main/engine/graph/clean-graph';
import { readTflite } from '../../src/main/engine/graph/read-tflite';
import { writeTflite } from '../../src/main/engine/graph/write-tflite';
import { calibrate } from '../../src/main/engine/quantization/calibrate';
import { quantizeInt8 } from '../../src/main/engine/quantization/quantize-int8';
import { whyNot } from '../../src/main/engine/runtime/choose-runtime';
import {
  nativeFolder,
  nativeLibraryName,
} from '../../src/main/engine/runtime/native/native-folder';
import { createNativeRuntime } from '../../src/main/engine/runtime/native/native-runtime';
import type { LoadedModel, Runtime, TensorData } from '../../src/main/engine/runtime/runtime';
import { createWasmRuntime } from '../../src/main/engine/runtime/wasm-runtime';
import { inProject } from './bench-app';
import { compareWithPython, median, type RacedFile } from './beside-python';
import { readLite0 } from './lite0';
import { round } from './stopwatch';

const elements = 224 * 224 * 3;
const warmups = 10;
const runs = 40;
const float32Input = new Float32Array(elements).fill(0.1);
const uint8Input = new Uint8Array(elements).fill(140);

/**
 * One inference of EfficientNet-Lite0's features, float32 and int8, with WebAssembly and with the
 * native library on 1 and 2 threads: `inside` LiteRT, and `asked` with the way to its process and
 * back; and whole evaluations beside Python's interpreter where it is installed. Medians in milliseconds.
 * @param folder for photos and files.
 */
export async function benchRuntimes(folder: string) {
  const libraryFile = join(nativeFolder(), nativeLibraryName());
  const absent = whyNot(libraryFile);
  const wasm = await createWasmRuntime();
  const { facts, file } = await readLite0();
  const { graph } = cleanGraph(readTflite(file));
  const { ranges } = await calibrate(graph, photos(), wasm);
  const int8 = quantizeInt8(graph, ranges, {
    normalization: { mean: facts.mean, std: facts.std },
    io: 'uint8',
  });
  const files = { float32: writeTflite(graph), int8: writeTflite(int8.graph) };
  const native = (threads: number) =>
    createNativeRuntime({
      processFile: inProject('out/main/native-process.js'),
      libraryFile,
      threads,
    });
  const runtimes = absent === undefined ? [wasm, await native(1), await native(2)] : [wasm];
  const float32 = await race(runtimes, files.float32, float32Input);
  const uint8 = await race(runtimes, files.int8, uint8Input);
  for (const runtime of runtimes.slice(2)) await runtime.dispose();
  const figures = runtimes.map(({ name, threads }, index) => ({
    runtime: name,
    threads,
    float32: float32[index],
    int8: uint8[index],
  }));
  const [, single] = runtimes;
  if (!single) return { figures, native: `not measured: ${absent}` };
  const timesFaster = (times: Times[]) =>
    times.slice(1).map(({ insideMs }) => round((times[0]?.insideMs ?? Number.NaN) / insideMs));
  // Features as if they were answers.
  const contract = backbonePreprocessing(
    facts,
    Array.from({ length: facts.featureWidth }, (_, index) => String(index)),
  );
  const { inputEncoding, outputEncoding, normalization } = int8;
  const raced: RacedFile[] = [
    { name: 'float32', bytes: files.float32, contract, input: float32Input },
    {
      name: 'int8',
      bytes: files.int8,
      contract: { ...contract, ...normalization, input: inputEncoding, output: outputEncoding },
      input: uint8Input,
    },
  ];
  const besidePython = await compareWithPython(single, raced, folder);
  for (const runtime of runtimes.slice(0, 2)) await runtime.dispose();
  return {
    figures,
    nativeTimesFaster: { float32: timesFaster(float32), int8: timesFaster(uint8) },
    besidePython,
  };
}

interface Times {
  insideMs: number;
  askedMs: number;
}

async function* photos(): AsyncGenerator<Float32Array> {
  const random = createRandom(1);
  for (let photo = 0; photo < 4; photo++) {
    yield Float32Array.from({ length: elements }, () => (random.index(256) - 127) / 128);
  }
}

/** The runtimes take turns, so that a busy moment of the machine meets them all. */
async function race(runtimes: readonly Runtime[], file: Uint8Array, input: TensorData) {
  const contenders: { model: LoadedModel; inside: number[]; asked: number[] }[] = [];
  for (const runtime of runtimes) {
    contenders.push({ model: await runtime.load(file), inside: [], asked: [] });
  }
  for (let run = 0; run < warmups + runs; run++) {
    for (const { model, inside, asked } of contenders) {
      const start = performance.now();
      await model.run([input]);
      if (run < warmups) continue;
      asked.push(performance.now() - start);
      inside.push(model.lastRunMs);
    }
  }
  return contenders.map(({ model, inside, asked }): Times => {
    model.dispose();
    return { insideMs: round(median(inside)), askedMs: round(median(asked)) };
  });
}
