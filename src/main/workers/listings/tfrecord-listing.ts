import { open, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { throwIfCancelled } from '../../../shared/api/errors';
import type { ImportProblem } from '../../../shared/api/dataset-api';
import { maximumFileBytes } from '../../../shared/domain/photo';
import { maskedCrc32c } from '../../engine/exchange/crc32c';
import { readLabel, severalLabels } from '../../engine/exchange/listed-photo';
import { sourceBroken } from '../../engine/exchange/source-broken';
import { readTfExample, type TfFeature } from '../../engine/exchange/tf-example';
import { cannotWrite } from '../../platform/explain-disk-error';
import type { ListedPhoto, ListToRead, PhotoListing } from '../tasks/exchange-tasks';

/** Length (8 bytes), its checksum (4); after the data, the data's checksum (4). */
const headerBytes = 12;
const footerBytes = 4;

/**
 * Writes the photos of a TFRecord file of tf.train.Examples into `targetFolder`, by the keys that
 * TensorFlow's own tools use (image/encoded, image/class/text, image/class/label, image/filename).
 * @throws AppError 'source-unreadable' when a checksum is wrong, it is cut short, or a record is no
 * photo; 'no-space'.
 */
export async function unpackTfRecord(
  input: ListToRead & { targetFolder: string },
  signal: AbortSignal,
): Promise<PhotoListing> {
  const fileName = basename(input.file);
  const listing: PhotoListing = { photos: [], problems: [] };
  let index = 0;
  for await (const record of readRecords(input.file, fileName)) {
    throwIfCancelled(signal);
    index += 1;
    const example = parseExample(record, fileName, index);
    const [encoded] = example.get('image/encoded')?.bytes ?? [];
    if (!encoded) throw sourceBroken(fileName, `has no image/encoded in record ${index}`);
    const name = photoName(example, `${fileName.replace(/\.tfrec(ords?)?.*$/i, '')}-${index}`);
    const relativePath = `${fileName}: ${name}`;
    const labels = labelsOf(example, relativePath, listing.problems);
    if (labels.length > 1) {
      listing.problems.push(severalLabels(relativePath, labels));
      continue;
    }
    const path = join(input.targetFolder, `${index}`);
    await writeFile(path, encoded).catch((error: unknown) => {
      throw cannotWrite(error, `A photo of ${fileName}`);
    });
    const photo: ListedPhoto = { path, relativePath, fileName: name, stored: true, passing: true };
    listing.photos.push({ ...photo, label: labels[0], split: input.split });
  }
  if (index === 0) throw sourceBroken(fileName, 'is empty');
  return listing;
}

async function* readRecords(file: string, fileName: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    let position = 0;
    for (let number = 1; position < size; number += 1) {
      const cutShort = sourceBroken(fileName, `is cut short in record ${number}`);
      const header = await read(handle, position, headerBytes, size, cutShort);
      if (number === 1 && header[0] === 0x1f && header[1] === 0x8b) {
        const remedy = 'Unpack it with gunzip and import the result. Nothing was changed.';
        throw sourceBroken(fileName, 'is compressed', remedy);
      }
      const facts = new DataView(header.buffer, header.byteOffset);
      if (facts.getUint32(8, true) !== maskedCrc32c(header.subarray(0, 8))) {
        throw sourceBroken(fileName, `is damaged or no TFRecord file: record ${number} is wrong`);
      }
      const length = Number(facts.getBigUint64(0, true));
      // Room for the keys beside the largest photo there may be.
      if (length > maximumFileBytes + 1e6)
        throw sourceBroken(fileName, `has no photo in record ${number}`);
      position += headerBytes;
      const body = await read(handle, position, length + footerBytes, size, cutShort);
      const data = body.subarray(0, length);
      const sum = new DataView(body.buffer, body.byteOffset + length).getUint32(0, true);
      if (sum !== maskedCrc32c(data))
        throw sourceBroken(fileName, `is damaged in record ${number}`);
      yield data;
      position += length + footerBytes;
    }
  } finally {
    await handle.close();
  }
}

async function read(
  handle: Awaited<ReturnType<typeof open>>,
  position: number,
  length: number,
  size: number,
  cutShort: Error,
): Promise<Uint8Array> {
  if (position + length > size) throw cutShort;
  const buffer = new Uint8Array(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead < length) throw cutShort;
  return buffer;
}

function parseExample(record: Uint8Array, fileName: string, index: number): Map<string, TfFeature> {
  try {
    return readTfExample(record);
  } catch (error) {
    throw sourceBroken(fileName, `has no tf.train.Example in record ${index}`, undefined, error);
  }
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

function photoName(example: Map<string, TfFeature>, otherwise: string): string {
  const [written] = example.get('image/filename')?.bytes ?? [];
  const name = written && textOf(written).split(/[/\\]/).at(-1)?.trim();
  if (name) return name;
  const [format] = example.get('image/format')?.bytes ?? [];
  const extension = format
    ? textOf(format)
        .toLowerCase()
        .replace(/[^a-z]/g, '')
    : '';
  return `${otherwise}.${extension === '' || extension === 'jpeg' ? 'jpg' : extension}`;
}

/** The distinct labels: texts where there are, else numbers; those of boxes where none is whole. */
function labelsOf(
  example: Map<string, TfFeature>,
  path: string,
  problems: ImportProblem[],
): string[] {
  for (const prefix of ['image/class', 'image/object/class']) {
    const texts = example.get(`${prefix}/text`)?.bytes.map(textOf) ?? [];
    const numbers = example.get(`${prefix}/label`)?.integers.map(String) ?? [];
    const written = texts.some((text) => text !== '') ? texts : numbers;
    const distinct = new Set(written.flatMap((text) => readLabel(text, path, problems) ?? []));
    if (distinct.size > 0) return [...distinct];
  }
  return [];
}
