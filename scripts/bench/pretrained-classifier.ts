import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanGraph } from '../../src/main/engine/graph/clean-graph';
import { readTflite } from '../../src/main/engine/graph/read-tflite';
import { createWasmRuntime } from '../../src/main/engine/runtime/wasm-runtime';
import { topAnswer } from '../../src/shared/domain/comparison-math';
import { answersOf, articleContract, type Form, makeForms } from './model-forms';
import { round } from './stopwatch';
import {
  firstOfEach,
  makeStressSet,
  pixelsOfAll,
  readPhotos,
  type StressPhoto,
} from './stress-set';

const calibrationEach = 15;

/** ImageNet's labels that are right for a photo of each label; headphones and plugs have none. */
const rightLabels: Readonly<Record<string, readonly string[]>> = {
  banana: ['banana'],
  hat: ['cowboy hat', 'sombrero', 'bonnet'],
  mouse: ['mouse'],
  'soccer ball': ['soccer ball'],
  truck: [
    'fire engine',
    'garbage truck',
    'minivan',
    'moving van',
    'pickup',
    'tow truck',
    'trailer truck',
  ],
};

/**
 * The pretrained classifier of 1000 labels, float against quantized as the studio does by default, on photos
 * that it was not calibrated on and harder variants of them.
 */
export async function benchPretrainedClassifier(seedFolder: string, backbonesFolder: string) {
  const names = (await readFile(join(seedFolder, 'labels.txt'), 'utf8')).trim().split('\n');
  const all = await readPhotos(join(seedFolder, 'photos'), names);
  const calibration = firstOfEach(all, calibrationEach);
  const held = all.filter((photo) => !calibration.includes(photo));
  const stress = await makeStressSet(held, 1);
  const float = await pretrained(backbonesFolder);
  const runtime = await createWasmRuntime();
  const forms = await makeForms(float, pixelsOfAll(calibration), runtime, { rules: ['min-max'] });
  const isRight = judge(names, float.contract.labels);
  const rows: Record<string, unknown> = {};
  const floatAnswers = await topAnswers(float, [...held, ...stress]);
  for (const [name, form] of Object.entries(forms)) {
    const answers = await topAnswers(form, [...held, ...stress]);
    rows[name] = {
      photosTop1: percentOf(held, (photo, i) => isRight(photo, answers[i])),
      stressTop1: percentOf(stress, (photo, i) => isRight(photo, answers[held.length + i])),
      agreement: percentOf([...held, ...stress], (_, i) => answers[i] === floatAnswers[i]),
    };
  }
  await runtime.dispose();
  const judged = (photos: readonly StressPhoto[]) =>
    photos.filter((photo) => isRight(photo, 0) !== undefined).length;
  return {
    calibrated: calibration.length,
    photos: held.length,
    photosWithLabel: judged(held),
    stress: stress.length,
    stressWithLabel: judged(stress),
    forms: rows,
  };

  async function topAnswers(form: Form, photos: readonly StressPhoto[]) {
    return (await answersOf(form, pixelsOfAll(photos), runtime)).map((answer) => topAnswer(answer));
  }
}

async function pretrained(folder: string): Promise<Form> {
  const stem = join(folder, 'efficientnet-lite0-imagenet-float16');
  const { graph } = cleanGraph(readTflite(await readFile(`${stem}.tflite`)));
  const list = await readFile(join(folder, 'imagenet-labels.tsv'), 'utf8');
  const labels = list
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[1] ?? '');
  const contract = articleContract(labels);
  return { graph, contract: { ...contract, mean: [127, 127, 127], std: [128, 128, 128] } };
}

/** Whether an answer is right for a photo; undefined where the labels say nothing of it. */
function judge(names: readonly string[], labels: readonly string[]) {
  return ({ labelIndex }: StressPhoto, answer = -1): boolean | undefined =>
    rightLabels[names[labelIndex] ?? '']?.includes(labels[answer] ?? '');
}

/** Of those photos that can be judged. */
function percentOf(
  photos: readonly StressPhoto[],
  test: (photo: StressPhoto, index: number) => boolean | undefined,
): number {
  const judged = photos.map(test).filter((right) => right !== undefined);
  return round((100 * judged.filter(Boolean).length) / judged.length);
}
