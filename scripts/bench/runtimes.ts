import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
import { timePythonInterpreter } from './python-interpreter';
import { round } from './stopwatch';

const elements = 224 * 224 * 3;
const warmups = 10;
const runs = 40;

/**
 * One inference of EfficientNet-Lite0's features, float32 and int8, with WebAssembly and with the
 * native library on 1 and 2 threads: `inside` LiteRT, and `asked` with the way to its process and
 * back; and with Python's interpreter where it is installed. Medians in milliseconds.
 */
export async function benchRuntimes() {
  const libraryFile = join(nativeFolder(), nativeLibraryName());
  const absent = whyNot(libraryFile);
  const wasm = await createWasmRuntime();
  const graph = cleanGraph(
    readTflite(await readFile(inProject('resources/backbones/efficientnet-lite0.tflite'))),
  ).graph;
  const { ranges } = await calibrate(graph, photos(), wasm);
  const int8 = quantizeInt8(graph, ranges, {
    normalization: { mean: [127, 127, 127], std: [128, 128, 128] },
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
  const float32 = await race(runtimes, files.float32, new Float32Array(elements).fill(0.1));
  const uint8 = await race(runtimes, files.int8, new Uint8Array(elements).fill(140));
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
  const besidePython = await compareWithPython(single, files);
  for (const runtime of runtimes.slice(0, 2)) await runtime.dispose();
  return {
    figures,
    nativeTimesFaster: { float32: timesFaster(float32), int8: timesFaster(uint8) },
    besidePython,
  };
}

/**
 * The native library on one thread and Python's interpreter, each by itself: models that take turns push
 * one another out of the processor's cache, which a second process would not see.
 */
async function compareWithPython(
  native: Runtime,
  files: { float32: Uint8Array; int8: Uint8Array },
) {
  const own = [
    await race([native], files.float32, new Float32Array(elements).fill(0.1)),
    await race([native], files.int8, new Uint8Array(elements).fill(140)),
  ].map(([times]) => times?.insideMs ?? Number.NaN);
  const python = await timePythonInterpreter([files.float32, files.int8], { warmups, runs });
  if (typeof python === 'string') return python;
  return {
    python: `ai-edge-litert ${python.version}`,
    float32Ms: { native: own[0], python: python.ms[0] },
    int8Ms: { native: own[1], python: python.ms[1] },
    ratio: own.map((ms, index) => Number((ms / (python.ms[index] ?? Number.NaN)).toFixed(2))),
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
    return { insideMs: median(inside), askedMs: median(asked) };
  });
}

const median = (values: number[]): number =>
  round(values.sort((first, second) => first - second)[values.length >> 1] ?? Number.NaN);
