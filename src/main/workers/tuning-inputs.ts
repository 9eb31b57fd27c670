import { type Augmentation, variesEndlessly } from '../../shared/domain/fine-tuning';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import { augmentPhoto, isFlipped } from '../engine/image/augment-photo';
import { createInputEncoder } from '../engine/runtime/encode-input';
import type { LoadedModel } from '../engine/runtime/runtime';
import type { TuningPhotos, TuningTask } from '../engine/training/fine-tune/tune-network';
import type { CacheStore } from '../platform/cache-store';
import { readModelInput } from './model-input';
import type { TrainingPhoto } from './training-features';
import { viewRandom } from './view-seed';

/** Views of validation photos by which epochs are judged: of epochs that training never comes to. */
const judgedViews = [0, -1];

/** Kept in memory at most: what enters the trained blocks, of photos that come again unchanged. */
const keptBytes = 512 * 1024 ** 2;

export interface TuningInputsSource {
  /** The part of the network that stays as it is, up to what is trained; its input is float32. */
  stem: LoadedModel;
  cache: CacheStore;
  preprocessing: Preprocessing;
  /** How training photos are changed, and by which seed; absent: not at all. */
  augmentation?: Augmentation | undefined;
  seed: number;
}

/**
 * What enters the trained part, photo by photo. Photos as they are, and mirrored ones, are computed
 * once and kept as far as memory is set aside for them; those that look different each time are not.
 */
export function createTuningInputs({
  stem,
  cache,
  preprocessing,
  augmentation,
  seed,
}: TuningInputsSource) {
  const encode = createInputEncoder({ ...preprocessing, input: { type: 'float32' } });
  const kept = new Map<string, Float32Array>();
  let bytes = 0;

  async function compute(pixels: Uint8Array): Promise<Float32Array> {
    const [answer] = await stem.run([encode(pixels)]);
    if (!(answer instanceof Float32Array)) throw new TypeError('Features are float32');
    return answer;
  }

  async function once(key: string, pixels: () => Promise<Uint8Array>): Promise<Float32Array> {
    const known = kept.get(key);
    if (known) return known;
    const made = await compute(await pixels());
    bytes += made.byteLength;
    if (bytes <= keptBytes) kept.set(key, made);
    return made;
  }

  const read = (photo: TrainingPhoto) => readModelInput(photo, preprocessing, cache);
  const plain = (photo: TrainingPhoto) => once(photo.sha256, () => read(photo));

  /** As an epoch sees it; the photo's own pixels when nothing happened to it. */
  async function changed(photo: TrainingPhoto, epoch: number): Promise<Uint8Array> {
    const data = await read(photo);
    if (!augmentation) return data;
    const random = viewRandom(seed, epoch, photo.sha256);
    const { width, height } = preprocessing;
    return augmentPhoto({ width, height, data }, augmentation, random).data;
  }

  async function view(photo: TrainingPhoto, epoch: number): Promise<Float32Array> {
    if (augmentation && variesEndlessly(augmentation)) return compute(await changed(photo, epoch));
    // All that can happen is that it is mirrored.
    const mirrored = augmentation?.flip === true && isMirrored(photo, epoch);
    return mirrored ? once(`${photo.sha256}:mirrored`, () => changed(photo, epoch)) : plain(photo);
  }

  function isMirrored({ sha256 }: TrainingPhoto, epoch: number): boolean {
    return isFlipped(viewRandom(seed, epoch, sha256));
  }

  return {
    train(photos: readonly TrainingPhoto[]): TuningTask['train'] {
      return {
        ...ofPhotos(photos, plain),
        view: (index, epoch) => view(at(photos, index), epoch),
      };
    },
    validation(photos: readonly TrainingPhoto[]): TuningTask['validation'] {
      if (!augmentation || !variesEndlessly(augmentation)) return ofPhotos(photos, plain);
      const seen = judgedViews.flatMap((epoch) => photos.map((photo) => ({ photo, epoch })));
      return {
        ...ofPhotos(photos, plain),
        views: {
          labels: Int32Array.from(seen, ({ photo }) => photo.labelIndex),
          plain(index) {
            const { photo, epoch } = at(seen, index);
            return once(`${photo.sha256}:${epoch}`, () => changed(photo, epoch));
          },
        },
      };
    },
    plain: (photos: readonly TrainingPhoto[]): TuningPhotos => ofPhotos(photos, plain),
  };
}

const ofPhotos = (
  photos: readonly TrainingPhoto[],
  plain: (photo: TrainingPhoto) => Promise<Float32Array>,
): TuningPhotos => ({
  labels: Int32Array.from(photos, ({ labelIndex }) => labelIndex),
  plain: (index) => plain(at(photos, index)),
});

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`There is no photo ${index}`);
  return item;
}
