import { z } from 'zod';

/**
 * How far training photos are changed each time they are seen, at random up to these bounds. 0 and
 * false leave as they are.
 */
export const augmentationSchema = z.object({
  /** Mirror every other photo left to right. */
  flip: z.boolean().default(false),
  /** Share of a side that may be cut away. */
  crop: z.number().min(0).max(0.6).default(0.3),
  /** Degrees to either side. */
  rotate: z.number().min(0).max(45).default(20),
  /** Share by which brightness, contrast and saturation change; tint by a quarter of it. */
  color: z.number().min(0).max(0.8).default(0.4),
  /** Standard deviation in pixels of a picture 224 wide; half of the photos stay sharp. */
  blur: z.number().min(0).max(4).default(1.5),
  /** Largest side of a gray square put on half of the photos, as a share of theirs. */
  cutout: z.number().min(0).max(0.5).default(0),
});
export type Augmentation = z.infer<typeof augmentationSchema>;

export const noAugmentation: Augmentation = {
  flip: false,
  crop: 0,
  rotate: 0,
  color: 0,
  blur: 0,
  cutout: 0,
};

/** Whether photos look different each time, beyond being mirrored or not. */
export const variesEndlessly = ({ flip: _, ...amounts }: Augmentation): boolean =>
  Object.values(amounts).some((amount) => amount > 0);

export const fineTuningSchema = z.object({
  /** Trained blocks of the backbone, counted from its end. */
  blocks: z.int().min(1).max(100).default(2),
  epochs: z.int().min(1).max(500).default(12),
  batchSize: z.int().min(1).max(256).default(16),
  /** Adam's step size at its highest: it warms up, then falls by a cosine. */
  learningRate: z.number().positive().max(0.1).default(0.0003),
  /** Epochs over which the step size rises to that. */
  warmUp: z.number().min(0).max(50).default(1),
  /** Stop after this many epochs without a better validation loss; 0 never stops early. */
  patience: z.int().min(0).max(500).default(5),
  augmentation: augmentationSchema.prefault({}),
});
export type FineTuning = z.infer<typeof fineTuningSchema>;

/** A training photo as fine-tuning sees it in an epoch, and by what it is decided how. */
export interface AugmentedPhoto {
  photoId: number;
  /** Name of the backbone: its recipe cuts the photo. */
  backbone: string;
  seed: number;
  epoch: number;
  augmentation: Augmentation;
}

/** The media path of such a photo: ids and numbers alone. */
export function augmentedPhotoPath(photo: AugmentedPhoto): string {
  const { flip, crop, rotate, color, blur, cutout } = photo.augmentation;
  const numbers = [photo.seed, photo.epoch, Number(flip), crop, rotate, color, blur, cutout];
  return `augmented/${photo.photoId}/${photo.backbone}/${numbers.join('_')}.jpg`;
}

const augmentedPathSchema = z.tuple([
  z.int().min(0).max(0x7fffffff),
  z.int().min(1).max(500),
  z.literal([0, 1]),
  augmentationSchema.shape.crop,
  augmentationSchema.shape.rotate,
  augmentationSchema.shape.color,
  augmentationSchema.shape.blur,
  augmentationSchema.shape.cutout,
]);

/** The other way; undefined for a path that no `augmentedPhotoPath` gave. */
export function parseAugmentedPhoto(path: string): AugmentedPhoto | undefined {
  const [, photoId, backbone, numbers] =
    /^augmented\/(\d{1,15})\/([A-Za-z0-9-]+)\/([0-9._]+)\.jpg$/.exec(path) ?? [];
  const { data } = augmentedPathSchema.safeParse(numbers?.split('_').map(Number));
  if (!data || backbone === undefined) return undefined;
  const [seed, epoch, flip, crop, rotate, color, blur, cutout] = data;
  const augmentation = { flip: flip === 1, crop, rotate, color, blur, cutout };
  return { photoId: Number(photoId), backbone, seed, epoch, augmentation };
}
