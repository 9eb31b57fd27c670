import { appendFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  cocoAnnotation,
  cocoImage,
  csvHeader,
  csvRows,
  type ExportedPhoto,
} from '../../engine/exchange/dataset-lists';
import { splits } from '../../../shared/domain/split';
import type { DatasetTarget } from '../tasks/exchange-tasks';

export const csvName = 'labels.csv';

/** The COCO files of a data set: what each is called, and the stem of its parts in the making. */
export const cocoParts = [...splits, 'other', 'all'] as const;
export type CocoPart = (typeof cocoParts)[number];

export const partFile = ({ scratch }: DatasetTarget, part: CocoPart, list: string): string =>
  join(scratch, `${part}-${list}`);

/** Adds photos to the lists of a data set, which grow on the disk. */
export async function appendToLists(
  target: DatasetTarget,
  photos: readonly ExportedPhoto[],
): Promise<void> {
  if (target.format === 'csv') {
    const file = join(target.scratch, csvName);
    const header = (await isBegun(file)) ? '' : csvHeader(target.columns);
    await appendFile(file, header + csvRows(photos, target.columns));
  } else if (target.format === 'coco') {
    for (const part of cocoParts) {
      const ofPart = photos.filter((photo) => partOf(photo, target) === part);
      if (ofPart.length === 0) continue;
      await appendItems(partFile(target, part, 'images'), ofPart.map(cocoImage));
      const annotations = ofPart.flatMap((photo) => cocoAnnotation(photo) ?? []);
      await appendItems(partFile(target, part, 'annotations'), annotations);
    }
  }
}

function partOf({ split }: ExportedPhoto, { columns }: DatasetTarget): CocoPart {
  return columns.splits ? (split ?? 'other') : 'all';
}

async function appendItems(file: string, items: readonly string[]): Promise<void> {
  const comma = items.length > 0 && (await isBegun(file)) ? ',\n' : '';
  await appendFile(file, comma + items.join(',\n'));
}

async function isBegun(file: string): Promise<boolean> {
  const facts = await stat(file).catch(() => undefined);
  return facts !== undefined && facts.size > 0;
}
