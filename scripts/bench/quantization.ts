import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanGraph } from '../../src/main/engine/graph/clean-graph';
import { readTflite } from '../../src/main/engine/graph/read-tflite';
import { writeTflite } from '../../src/main/engine/graph/write-tflite';
import { createWasmRuntime } from '../../src/main/engine/runtime/wasm-runtime';
import { topAnswer } from '../../src/shared/domain/comparison-math';
import { answersOf, articleContract, type FormsOptions, makeForms } from './model-forms';
import { round } from './stopwatch';
import {
  firstOfEach,
  makeStressSet,
  pixelsOfAll,
  readPhotos,
  type StressPhoto,
} from './stress-set';

/** Photos a class that ranges are calibrated on. */
const calibrationEach = 15;

export interface QuantizationBench extends Pick<FormsOptions, 'searches'> {
  /** Takes each so manieth photo only. */
  every?: number;
}

/** The article's own float model (graph.lite) in every form, on its photos and on harder variants. */
export async function benchQuantization(
  seedFolder: string,
  { every = 1, searches }: QuantizationBench = {},
) {
  const labels = (await readFile(join(seedFolder, 'labels.txt'), 'utf8')).trim().split('\n');
  const all = await readPhotos(join(seedFolder, 'photos'), labels);
  const photos = all.filter((_, i) => i % every === 0);
  const stress = await makeStressSet(photos, 1);
  const runtime = await createWasmRuntime();
  const { graph } = cleanGraph(readTflite(await readFile(join(seedFolder, 'graph.lite'))));
  const float = { graph, contract: articleContract(labels) };
  const chosen = firstOfEach(photos, calibrationEach);
  const forms = await makeForms(float, pixelsOfAll(chosen), runtime, { searches });
  const answers = await answersOf(float, pixelsOfAll(stress), runtime);
  const rows: Record<string, FormFigures> = {};
  for (const [name, form] of Object.entries(forms)) {
    const own = await answersOf(form, pixelsOfAll(stress), runtime);
    const onPhotos = await answersOf(form, pixelsOfAll(photos), runtime);
    rows[name] = {
      bytes: writeTflite(form.graph).length,
      photosRight: countRight(onPhotos, photos),
      stressTop1: share(countRight(own, stress), stress.length),
      stressAgreement: share(
        own.filter((answer, i) => topAnswer(answer) === topAnswer(answers[i] ?? answer)).length,
        stress.length,
      ),
    };
  }
  await runtime.dispose();
  return { photos: photos.length, stress: stress.length, forms: rows };
}

export interface FormFigures {
  bytes: number;
  /** Of the photos as they are. */
  photosRight: number;
  /** Percent of the stress set: right, and as the float model answers. */
  stressTop1: number;
  stressAgreement: number;
}

const countRight = (answers: readonly Float32Array[], photos: readonly StressPhoto[]): number =>
  answers.filter((answer, i) => topAnswer(answer) === photos[i]?.labelIndex).length;

const share = (count: number, of: number): number => round((100 * count) / of);
