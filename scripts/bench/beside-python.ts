import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Preprocessing } from '../../src/shared/domain/preprocessing';
import type { LoadedModel, Runtime, TensorData } from '../../src/main/engine/runtime/runtime';
import { createWorkerPool, type WorkerPool } from '../../src/main/platform/worker-pool';
import type { PhotoSource } from '../../src/main/workers/tasks';
import { inProject, log } from './bench-app';
import { drawPhotos } from './draw-photos';
import { openPythonInterpreter, type PythonInterpreter } from './python-interpreter';

/** A file as both run it. */
export interface RacedFile {
  name: string;
  bytes: Uint8Array;
  contract: Preprocessing;
  input: TensorData;
}

const rounds = 7;
const runsEach = 40;
const photoCount = 256;

/**
 * The native library on one thread beside Python's interpreter: one inference inside LiteRT, and a photo of a whole
 * evaluation by one worker, whose pictures are cached (`cached`) or decoded meanwhile (`decoded`). They take turns
 * in blocks; models that take turns run by run push one another out of the processor's cache. Milliseconds, medians
 * of all blocks; `ratio` is of those.
 */
export async function compareWithPython(
  native: Runtime,
  files: readonly RacedFile[],
  folder: string,
) {
  const python = await openPythonInterpreter(files.map(({ bytes }) => bytes));
  if (typeof python === 'string') return python;
  const workers = createWorkerPool({ workerFile: inProject('out/main/worker.js'), size: 1, log });
  try {
    await drawPhotos(join(folder, 'photos'), photoCount, 1);
    const photos = await sourcesIn(join(folder, 'photos', 'class 01'));
    const rows: Record<string, object> = {};
    for (const [number, file] of files.entries()) {
      rows[file.name] = await race({ native, python, workers, photos, folder }, file, number);
    }
    return { python: `ai-edge-litert ${python.version}`, rounds, photos: photoCount, ...rows };
  } finally {
    await workers.dispose();
    await python.end();
  }
}

interface Contenders {
  native: Runtime;
  python: PythonInterpreter;
  workers: WorkerPool;
  photos: PhotoSource[];
  folder: string;
}

async function race(
  { native, python, workers, photos, folder }: Contenders,
  { name, bytes, contract, input }: RacedFile,
  number: number,
) {
  const modelFile = join(folder, `${name}.tflite`);
  await writeFile(modelFile, bytes);
  const evaluate = async (sources: readonly PhotoSource[], cacheFile?: string) => {
    const started = performance.now();
    await workers.run('answer-photos', {
      modelFile,
      preprocessing: contract,
      photos: [...sources],
      cacheFile,
    });
    return (performance.now() - started) / sources.length;
  };
  const cacheFile = join(folder, 'cache.sqlite');
  // Code is compiled, pictures are cached, and the processor is awake.
  await evaluate(photos, cacheFile);
  const model = await native.load(bytes);
  const times = { python: [], inside: [], cached: [], decoded: [] } as Record<
    'python' | 'inside' | 'cached' | 'decoded',
    number[]
  >;
  for (let round = 0; round < rounds; round += 1) {
    times.python.push(median(await python.run(number, runsEach)));
    times.inside.push(median(await insideTimes(model, input)));
    times.cached.push(await evaluate(photos, cacheFile));
    times.decoded.push(await evaluate(photos));
  }
  model.dispose();
  const ms = {
    python: median(times.python),
    inside: median(times.inside),
    cached: median(times.cached),
    decoded: median(times.decoded),
  };
  const ratio = (own: number) => Number((own / ms.python).toFixed(2));
  return {
    ms: Object.fromEntries(
      Object.entries(ms).map(([key, value]) => [key, Number(value.toFixed(2))]),
    ),
    ratio: { inside: ratio(ms.inside), cached: ratio(ms.cached), decoded: ratio(ms.decoded) },
  };
}

async function insideTimes(model: LoadedModel, input: TensorData): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run <= runsEach; run += 1) {
    await model.run([input]);
    if (run > 0) times.push(model.lastRunMs);
  }
  return times;
}

async function sourcesIn(folder: string): Promise<PhotoSource[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const path = join(folder, name);
      const sha256 = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      return { photoId: index + 1, path, sha256 };
    }),
  );
}

export const median = (values: readonly number[]): number =>
  [...values].sort((first, second) => first - second)[values.length >> 1] ?? Number.NaN;
