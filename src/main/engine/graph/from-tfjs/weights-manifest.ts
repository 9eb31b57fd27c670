import { z } from 'zod';
import { tensorElements } from '../tensor-data';
import { downloadAgain, tfjsUnreadable, tfjsUnsupported } from './tfjs-error';

/** 600 MB of float32: no network for phones is nearly as large. */
const MOST_WEIGHTS = 150_000_000;
const MOST_FILES = 10_000;

const storedTypes = z.enum(['float32', 'int32', 'bool']);

const quantizationSchema = z.discriminatedUnion('dtype', [
  z.object({ dtype: z.enum(['uint8', 'uint16']), min: z.number(), scale: z.number() }),
  z.object({ dtype: z.literal('float16') }),
]);

const weightSchema = z.object({
  name: z.string().min(1).max(1000),
  shape: z.array(z.int().nonnegative().max(MOST_WEIGHTS)).max(8),
  dtype: storedTypes,
  /** Of weights that are stored smaller than they are. */
  quantization: quantizationSchema.nullish(),
  /** 'optimizer': of the training, not of the network. */
  group: z.string().nullish(),
});
export type WeightRecord = z.infer<typeof weightSchema>;

/** Files whose bytes, one behind the other, are weights one behind the other. */
const groupSchema = z.object({
  paths: z.array(z.string().min(1).max(500)).min(1).max(MOST_FILES),
  weights: z.array(weightSchema),
});
export type WeightGroup = z.infer<typeof groupSchema>;

/** `weightsManifest` of a model.json: tfjs-core/src/io/types.ts, WeightsManifestConfig. */
export const weightsManifestSchema = z.array(groupSchema).max(MOST_FILES);

const elementBytes = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const;

/** How a weight's values are stored. */
export const storedAs = ({ dtype, quantization }: WeightRecord): keyof typeof elementBytes =>
  quantization?.dtype ?? dtype;

/** Stored bytes of one weight. */
export const weightBytes = (weight: WeightRecord): number =>
  tensorElements(weight.shape) * elementBytes[storedAs(weight)];

/** Stored bytes of a group, which its files must have together. */
const groupBytes = ({ weights }: WeightGroup): number =>
  weights.reduce((sum, weight) => sum + weightBytes(weight), 0);

/**
 * Checks what is asked for before a byte of it is read.
 * @throws AppError 'model-unsupported' for more weights than any classifier has
 */
export function requireModestWeights(manifest: readonly WeightGroup[]): void {
  const count = manifest
    .flatMap(({ weights }) => weights)
    .reduce((sum, { shape }) => sum + tensorElements(shape), 0);
  if (count <= MOST_WEIGHTS) return;
  throw tfjsUnsupported(
    `it has more than ${MOST_WEIGHTS / 1e6} million weights`,
    'Open a smaller network: such a one is not made for phones.',
  );
}

/**
 * The relative path of each file with weights as the parts of its way, safe to look for beside
 * the `model.json`.
 * @throws AppError 'model-unreadable' for a path that leads anywhere else
 */
export function partsOfPath(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '.');
  const escapes =
    parts.length === 0 ||
    parts.some((part) => part === '' || part === '..' || /[\\:\0]/.test(part));
  if (!escapes) return parts;
  throw tfjsUnreadable(
    `The model names a file with weights that does not lie beside it: ${JSON.stringify(path.slice(0, 100))}.`,
    downloadAgain,
  );
}

/** @throws AppError 'model-unreadable' for other bytes than a group's weights need. */
export function requireLength(group: WeightGroup, found: number): void {
  const needed = groupBytes(group);
  if (found === needed) return;
  const inWords = (bytes: number) => bytes.toLocaleString('en-US');
  const { paths } = group;
  const listed = paths.length > 3 ? `${paths.slice(0, 3).join(', ')} …` : paths.join(', ');
  throw tfjsUnreadable(
    `The weights in ${listed} have ${inWords(found)} bytes, but model.json tells of ${inWords(needed)}.`,
    downloadAgain,
  );
}
