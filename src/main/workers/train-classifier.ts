import { rm } from 'node:fs/promises';
import { joinHead } from '../engine/graph/join-head';
import { readTflite } from '../engine/graph/read-tflite';
import type { TrainedHead } from '../engine/training/train-head';
import { readBackbone } from './load-backbone';
import type { TaskImplementation } from './task-context';
import type { TaskInput } from './tasks';
import { trainOnFeatures } from './train-on-features';
import type { SplitFeatures, TrainingPhoto } from './training-features';
import { writeCheckedClassifier } from './write-checked-classifier';

export const trainClassifier: TaskImplementation<'train-classifier'> = async (input, context) => {
  const started = performance.now();
  const { trained, train, validation, engine } = await trainOnFeatures(
    input,
    context,
    input.settings.epochs,
  );
  try {
    const backboneGraph = readTflite(await readBackbone(input.backbone, input.backboneFile));
    const { photos, answers } = answersOf(trained, [train, validation], input);
    const file = await writeCheckedClassifier(
      {
        graph: joinHead(backboneGraph, trained.head),
        made: 'a head trained',
        photos,
        answers,
      },
      input,
      context,
    );
    const { epochs, best, stopped } = trained;
    return {
      engine: engine.name,
      epochs,
      bestEpoch: best.epoch,
      stopped,
      accuracy: { train: best.trainAccuracy, validation: best.validationAccuracy },
      ...file,
      seconds: (performance.now() - started) / 1000,
    };
  } catch (error) {
    await rm(input.outputFile, { force: true });
    throw error;
  } finally {
    trained.dispose();
  }
};

/** What the trainer answers to photos, from the features that it was trained on. */
function answersOf(
  { probabilities }: TrainedHead,
  splits: readonly SplitFeatures[],
  { backbone }: TaskInput<'train-classifier'>,
) {
  const width = backbone.featureWidth;
  const rows = new Map<TrainingPhoto, Float32Array>();
  for (const { photos, features } of splits) {
    photos.forEach((photo, row) => {
      rows.set(photo, features.subarray(row * width, (row + 1) * width));
    });
  }
  return {
    photos: [...rows.keys()],
    answers(photos: readonly TrainingPhoto[]) {
      const asked = new Float32Array(photos.length * width);
      photos.forEach((photo, row) => asked.set(rows.get(photo) ?? [], row * width));
      return probabilities(asked);
    },
  };
}
