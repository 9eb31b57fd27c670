import { z } from 'zod';
import { type Split, splitFromWord } from '../../../shared/domain/split';
import {
  type ListProblem,
  type NamedPhoto,
  type ParsedList,
  readLabel,
  severalLabels,
} from './listed-photo';
import { sourceBroken } from './source-broken';

const idSchema = z.union([z.int(), z.string()]);
const sizeSchema = z.number().positive().optional();
const imageSchema = z.object({
  id: idSchema,
  file_name: z.string().min(1),
  width: sizeSchema,
  height: sizeSchema,
  // Not of COCO: what the studio's own export adds.
  split: z.string().optional(),
  excluded: z.boolean().optional(),
});
const annotationSchema = z.object({
  id: idSchema.optional(),
  image_id: idSchema,
  category_id: idSchema,
  bbox: z.array(z.number()).nullish(),
  iscrowd: z.union([z.int(), z.boolean()]).optional(),
});
const cocoSchema = z.object({
  images: z.array(imageSchema),
  annotations: z.array(annotationSchema),
  categories: z.array(z.object({ id: idSchema, name: z.string() })),
});

type Image = z.infer<typeof imageSchema>;
type Annotation = z.infer<typeof annotationSchema> & { key: string };

/** Whether a text that may be cut short set out to be a COCO file. */
export const looksLikeCoco = (text: string): boolean =>
  /^\s*\{/.test(text) && /"(images|annotations|categories)"\s*:\s*\[/.test(text);

/**
 * Photos and cuts of a COCO file (https://cocodataset.org/#format-data). Annotations without a box,
 * or with one around the whole picture, say what the picture shows; any other box becomes a cut.
 * @param split of pictures that name none.
 * @throws AppError 'source-unreadable' when it is no whole COCO file or its references are wrong.
 */
export function parseCoco(text: string, fileName: string, split: Split | undefined): ParsedList {
  const { images, annotations, categories } = readCoco(text, fileName);
  const names = uniqueById(categories, fileName, 'category');
  const pictures = uniqueById(images, fileName, 'picture');
  const byImage = new Map<Image, Annotation[]>(images.map((image) => [image, []]));
  for (const [index, annotation] of annotations.entries()) {
    const key = String(annotation.id ?? `${index + 1}`);
    const image = pictures.get(annotation.image_id);
    if (!image) throw wrongReference(fileName, key, `picture ${annotation.image_id}`);
    if (!names.has(annotation.category_id)) {
      throw wrongReference(fileName, key, `category ${annotation.category_id}`);
    }
    byImage.get(image)?.push({ ...annotation, key });
  }
  const problems: ListProblem[] = [];
  const nameOf = (annotation: Annotation) => names.get(annotation.category_id)?.name ?? '';
  const photos = images.flatMap((image) =>
    photosOf(image, byImage.get(image) ?? [], nameOf, split, problems),
  );
  return { photos, problems };
}

function readCoco(text: string, fileName: string): z.infer<typeof cocoSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw sourceBroken(fileName, 'is cut short or is not valid JSON', undefined, error);
  }
  const parsed = cocoSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  const what = where ? ` at ${where}` : '';
  throw sourceBroken(fileName, `is not a COCO file: ${issue?.message ?? 'invalid'}${what}`);
}

function uniqueById<Item extends { id: string | number }>(
  items: readonly Item[],
  fileName: string,
  noun: string,
): Map<string | number, Item> {
  const byId = new Map<string | number, Item>();
  for (const item of items) {
    if (byId.has(item.id)) throw sourceBroken(fileName, `has the ${noun} ${item.id} twice`);
    byId.set(item.id, item);
  }
  return byId;
}

const wrongReference = (fileName: string, annotation: string, missing: string) =>
  sourceBroken(fileName, `is wrong: its annotation ${annotation} names ${missing}, which it lacks`);

function photosOf(
  image: Image,
  annotations: readonly Annotation[],
  nameOf: (annotation: Annotation) => string,
  fileSplit: Split | undefined,
  problems: ListProblem[],
): NamedPhoto[] {
  const path = image.file_name;
  const given = {
    path,
    split: (image.split === undefined ? undefined : splitFromWord(image.split)) ?? fileSplit,
    ...(image.excluded ? { excluded: true } : {}),
  };
  const [whole, boxed] = [new Set<string>(), [] as Annotation[]];
  for (const annotation of annotations) {
    if (isWhole(annotation, image)) whole.add(nameOf(annotation));
    else boxed.push(annotation);
  }
  const photos: NamedPhoto[] = [];
  if (whole.size > 1) problems.push(severalLabels(path, whole));
  else if (whole.size === 1 || boxed.length === 0) {
    const [name = ''] = whole;
    photos.push({ ...given, label: readLabel(name, path, problems) });
  }
  for (const annotation of boxed) {
    const cut = cutOf(annotation, image);
    if (typeof cut === 'string') {
      problems.push({ path: `${path}, annotation ${annotation.key}`, reason: 'box', message: cut });
    } else {
      const label = readLabel(
        nameOf(annotation),
        `${path}, annotation ${annotation.key}`,
        problems,
      );
      photos.push({ ...given, label, cut });
    }
  }
  return photos;
}

/** To a pixel: programs differ in whether they count the last one. */
function isWhole({ bbox, iscrowd }: Annotation, { width, height }: Image): boolean {
  if (!bbox || bbox.length === 0) return true;
  if (iscrowd || width === undefined || height === undefined) return false;
  const [left = 0, top = 0, boxWidth = 0, boxHeight = 0] = bbox;
  return left <= 1 && top <= 1 && left + boxWidth >= width - 1 && top + boxHeight >= height - 1;
}

/** The cut that an annotation asks for, or the sentence that says why there is none. */
function cutOf(
  { key, bbox, iscrowd }: Annotation,
  { width, height }: Image,
): NamedPhoto['cut'] | string {
  if (iscrowd) return 'The box is around a crowd of things, not one. It was left out.';
  const [left, top, boxWidth, boxHeight] = bbox ?? [];
  if (
    left === undefined ||
    top === undefined ||
    boxWidth === undefined ||
    boxHeight === undefined
  ) {
    return 'A box has four numbers. It was left out.';
  }
  if (boxWidth <= 0 || boxHeight <= 0) return 'The box is empty. It was left out.';
  const pictureSize = width === undefined || height === undefined ? undefined : { width, height };
  const outside =
    left + boxWidth <= 0 ||
    top + boxHeight <= 0 ||
    (pictureSize && (left >= pictureSize.width || top >= pictureSize.height));
  if (outside) return 'The box lies outside of the picture. It was left out.';
  const box = { left, top, width: boxWidth, height: boxHeight };
  return { id: key, box, ...(pictureSize ? { pictureSize } : {}) };
}
