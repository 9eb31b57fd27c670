import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/api/errors';
import { labelNameSchema } from '../../shared/domain/label';
import { splitSchema } from '../../shared/domain/split';
import { systemCode } from './explain-disk-error';

export const manifestName = 'pocketlens-dataset.json';

const folderSchema = z.object({
  /** Below the manifest's own folder, with forward slashes. */
  path: z.string(),
  label: labelNameSchema.optional(),
  split: splitSchema.optional(),
  excluded: z.boolean().optional(),
});

const manifestSchema = z.object({
  format: z.literal('pocketlens-dataset'),
  formatVersion: z.literal(1),
  createdAt: z.string(),
  project: z.object({ name: z.string(), generated: z.boolean() }),
  layout: z.enum(['folder', 'csv', 'coco']),
  photos: z.int(),
  labels: z.array(z.string()),
  /**
   * What the photos of each folder are, where folders say it: a label may have a name that no
   * folder can.
   */
  folders: z.array(folderSchema),
  /** Photos that should be here and could not be read. */
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
});
export type DatasetManifest = z.infer<typeof manifestSchema>;
export type ManifestFolder = z.infer<typeof folderSchema>;

/**
 * The manifest of a data set that the studio exported; undefined for any other folder.
 * @throws AppError 'source-unreadable' when it is damaged: folder names alone would say wrong labels.
 */
export async function readDatasetManifest(folder: string): Promise<DatasetManifest | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, manifestName), 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw broken(error);
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw broken(error);
  }
}

const broken = (cause: unknown) =>
  new AppError(
    'source-unreadable',
    `${manifestName} is cut short, damaged or of a newer studio.`,
    'Export the data set again; or delete this file, and the names of the folders are the labels.',
    { cause },
  );
