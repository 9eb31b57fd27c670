import { basename } from 'node:path';
import { readFile } from 'node:fs/promises';
import { looksLikeCoco, parseCoco } from '../engine/exchange/coco';
import { decodeTable, looksLikePhotoTable, parseCsv } from '../engine/exchange/csv';
import { sourceBroken } from '../engine/exchange/source-broken';
import { locatePhotos } from './listings/locate-photos';
import { listProject } from './listings/project-listing';
import { unpackTfRecord } from './listings/tfrecord-listing';
import type { TaskImplementation } from './task-context';
import type { ListToRead } from './tasks/exchange-tasks';

/** Larger ones are hardly lists of photos, and a text is held in memory whole. */
const maximumListBytes = 500e6;

export const readPhotoList: TaskImplementation<'read-photo-list'> = async (input, context) => {
  switch (input.format) {
    case 'coco':
      return readText(input, looksLikeCoco, parseCoco);
    case 'csv':
      return readText(input, looksLikePhotoTable, parseCsv);
    case 'tfrecord':
      return { listing: await unpackTfRecord(input, context.signal) };
    case 'project':
      return { listing: await listProject(input) };
  }
};

async function readText(
  input: ListToRead,
  looksRight: (text: string) => boolean,
  parse: typeof parseCoco,
) {
  const fileName = basename(input.file);
  const bytes = await readFile(input.file);
  if (bytes.byteLength > maximumListBytes) {
    if (input.found) return {};
    throw sourceBroken(fileName, 'is too large for a list of photos (500 MB)');
  }
  // What is not even text is of no interest in a folder.
  if (input.found && !looksRight(bytes.subarray(0, 1e6).toString('latin1').replaceAll('\0', ''))) {
    if (!looksRight(bytes.toString('latin1'))) return {};
  }
  const text = decodeTable(bytes, fileName);
  const { photos, problems } = parse(text, fileName, input.split);
  return { listing: { photos: await locatePhotos(photos, input), problems } };
}
