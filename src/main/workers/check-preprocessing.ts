import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/api/errors';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import type { PreprocessingMistake } from '../../shared/domain/preprocessing-check';
import { decodePhoto } from '../engine/image/decode-photo';
import {
  mistakenInput,
  type PixelMistake,
  pixelMistakes,
  type PreparedPhoto,
} from '../engine/image/mistaken-input';
import { modelInput } from '../engine/image/model-input';
import { createClassifier } from '../engine/runtime/classifier';
import { decodeOutput } from '../engine/runtime/decode-output';
import { mistakenEncoder, valueMistakes } from '../engine/runtime/mistaken-encoding';
import type { LoadedModel, TensorData } from '../engine/runtime/runtime';
import { openSource } from './model-input';
import { failureOf } from './model-inputs';
import { readModelFile } from './read-model-file';
import type { TaskImplementation } from './task-context';
import type { PhotoFailure } from './tasks';

/** One way in which photos come to the model, and what it said of each. */
interface Variant {
  mistake: PreprocessingMistake;
  answer(photo: PreparedPhoto): Promise<Float32Array>;
  probabilities: Float32Array;
  /** It has made no difference to any input yet. */
  isHarmless: boolean;
}

export const checkPreprocessing: TaskImplementation<'check-preprocessing'> = async (
  { modelFile, preprocessing, photos },
  context,
) => {
  const { signal, report } = context;
  throwIfCancelled(signal);
  const width = preprocessing.labels.length;
  const right = new Float32Array(photos.length * width);
  const failures: PhotoFailure[] = [];
  const runtime = await context.runtime();
  const model = await runtime.load(await readModelFile(modelFile));
  try {
    const classify = createClassifier(model, preprocessing);
    const variants = variantsOf(model, preprocessing, right.length, classify);
    for (const [index, source] of photos.entries()) {
      // Inference keeps the thread busy: a cancel message gets in only here.
      await nextTurn();
      throwIfCancelled(signal);
      try {
        await openSource(source, preprocessing, async (opened) => {
          const decoded = await decodePhoto(opened);
          const photo = { opened, decoded, right: await modelInput(decoded, preprocessing) };
          right.set(await classify(photo.right), index * width);
          for (const variant of variants) {
            throwIfCancelled(signal);
            variant.probabilities.set(await variant.answer(photo), index * width);
          }
        });
      } catch (error) {
        failures.push(failureOf(source, error));
      }
      report({ done: index + 1 });
    }
    const told = new Set(variants.filter(({ isHarmless }) => !isHarmless));
    return {
      right,
      mistakes: [...told].map(({ mistake, probabilities }) => ({ mistake, probabilities })),
      harmless: [...valueMistakes, ...pixelMistakes].filter(
        (mistake) => ![...told].some((variant) => variant.mistake === mistake),
      ),
      failures,
      runtime: runtime.name,
    };
  } finally {
    model.dispose();
  }
};

function variantsOf(
  model: LoadedModel,
  preprocessing: Preprocessing,
  length: number,
  classify: (bytes: Uint8Array) => Promise<Float32Array>,
): Variant[] {
  const ofValues = valueMistakes.flatMap((mistake): Variant[] => {
    const encode = mistakenEncoder(mistake, preprocessing);
    if (!encode) return [];
    return [
      {
        mistake,
        answer: ({ right }) => run(model, encode(right), preprocessing),
        probabilities: new Float32Array(length),
        isHarmless: false,
      },
    ];
  });
  const ofPixels = pixelMistakes.map((mistake) =>
    pixelVariant(mistake, preprocessing, new Float32Array(length), classify),
  );
  return [...ofValues, ...ofPixels];
}

function pixelVariant(
  mistake: PixelMistake,
  preprocessing: Preprocessing,
  probabilities: Float32Array,
  classify: (bytes: Uint8Array) => Promise<Float32Array>,
): Variant {
  const variant: Variant = {
    mistake,
    probabilities,
    isHarmless: true,
    async answer(photo) {
      const input = await mistakenInput(mistake, photo, preprocessing);
      if (Buffer.compare(input, photo.right) !== 0) variant.isHarmless = false;
      return classify(input);
    },
  };
  return variant;
}

async function run(
  model: LoadedModel,
  input: TensorData,
  { output }: Preprocessing,
): Promise<Float32Array> {
  const [answer] = await model.run([input]);
  if (!answer) throw new RangeError('The model has no output');
  return decodeOutput(answer, output);
}
