import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cocoFrame } from '../../engine/exchange/dataset-lists';
import { type DatasetManifest, manifestName } from '../../platform/dataset-manifest';
import { cannotWrite } from '../../platform/explain-disk-error';
import { finishZip } from '../../platform/zip-appender';
import type { TaskImplementation } from '../task-context';
import type { DatasetTarget } from '../tasks/exchange-tasks';
import { openDatasetWriter, zipPlace } from './dataset-writer';
import { type CocoPart, cocoParts, csvName, partFile } from './list-files';

export const finishDataset: TaskImplementation<'finish-dataset'> = async ({ target, manifest }) => {
  const writer = await openDatasetWriter(target);
  let files = manifest.photos;
  const put = async (name: string, bytes: Uint8Array) => {
    await writer.put(name, bytes);
    files += 1;
  };
  try {
    if (target.format === 'csv') await put(csvName, await readFile(join(target.scratch, csvName)));
    if (target.format === 'coco') {
      for (const part of cocoParts) {
        const bytes = await cocoFile(target, part, manifest);
        const name = part === 'all' ? 'instances.json' : `instances_${part}.json`;
        if (bytes) await put(`annotations/${name}`, bytes);
      }
    }
    await put(manifestName, Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`));
  } finally {
    await writer.close();
  }
  if (target.rootName !== undefined) {
    await finishZip(zipPlace(target), files).catch((error: unknown) => {
      throw cannotWrite(error, target.place);
    });
  }
  return {};
};

/** undefined when no photo is in this part. */
async function cocoFile(
  target: DatasetTarget,
  part: CocoPart,
  { labels, createdAt, project }: DatasetManifest,
): Promise<Uint8Array | undefined> {
  const images = await readFile(partFile(target, part, 'images')).catch(() => undefined);
  if (!images) return undefined;
  const annotations = await readFile(partFile(target, part, 'annotations'));
  const info = { description: project.name, date_created: createdAt };
  const [before, between, after] = cocoFrame(labels, info).map((text) => Buffer.from(text));
  return Buffer.concat([before, images, between, annotations, after].flatMap((each) => each ?? []));
}
