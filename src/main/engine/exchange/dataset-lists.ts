import { stringify } from 'csv-stringify/sync';
import type { Split } from '../../../shared/domain/split';

/** A photo as a list of an exported data set has it. */
export interface ExportedPhoto {
  photoId: number;
  /** Where it lies in the data set, with forward slashes. */
  name: string;
  /** Pixels of the upright picture. */
  width: number;
  height: number;
  label?: string;
  /** Place of the label in the list of labels; set with it. */
  labelIndex?: number;
  split?: Split;
  excluded?: boolean;
}

export interface ListColumns {
  splits: boolean;
  excluded: boolean;
}

export function csvHeader(columns: ListColumns): string {
  return stringify([
    [
      'path',
      'label',
      ...(columns.splits ? ['split'] : []),
      ...(columns.excluded ? ['excluded'] : []),
    ],
  ]);
}

export function csvRows(photos: readonly ExportedPhoto[], columns: ListColumns): string {
  return stringify(
    photos.map(({ name, label, split, excluded }) => [
      name,
      label ?? '',
      ...(columns.splits ? [split ?? ''] : []),
      ...(columns.excluded ? [excluded ? 'true' : ''] : []),
    ]),
  );
}

/** Where COCO readers start from is the folder of the pictures. */
export const cocoImagesFolder = 'images';

export function cocoImage({
  photoId,
  name,
  width,
  height,
  split,
  excluded,
}: ExportedPhoto): string {
  const file_name = name.slice(cocoImagesFolder.length + 1);
  return JSON.stringify({
    id: photoId,
    file_name,
    width,
    height,
    ...(split === undefined ? {} : { split }),
    ...(excluded ? { excluded } : {}),
  });
}

/** An annotation of the whole picture; readers that want a box find one. None without a label. */
export function cocoAnnotation(photo: ExportedPhoto): string | undefined {
  const { photoId, labelIndex, width, height } = photo;
  if (labelIndex === undefined) return undefined;
  return JSON.stringify({
    id: photoId,
    image_id: photoId,
    category_id: labelIndex + 1,
    bbox: [0, 0, width, height],
    area: width * height,
    segmentation: [],
    iscrowd: 0,
  });
}

/** What stands before the images, between them and the annotations, and after those. */
export function cocoFrame(labels: readonly string[], info: object): [string, string, string] {
  const categories = labels.map((name, index) => ({ id: index + 1, name, supercategory: '' }));
  return [
    `{"info":${JSON.stringify(info)},\n"images":[\n`,
    `\n],\n"annotations":[\n`,
    `\n],\n"categories":${JSON.stringify(categories)}}\n`,
  ];
}
