import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../shared/api/errors';
import { type PhotoFacts, photoFactsSchema } from '../../shared/domain/photo';
import { PhotoProblem } from '../../shared/domain/photo-problem';
import { inspectPhoto } from '../engine/image/inspect-photo';
import { storeBlob } from '../platform/blob-store';
import { modelInputKey } from '../platform/cache-kinds';
import type { CacheEntry, CacheStore } from '../platform/cache-store';
import { cannotWrite } from '../platform/explain-disk-error';
import { readPhotoFile } from '../platform/read-photo-file';
import type { TaskImplementation } from './task-context';
import type { InspectedFile, TaskInput } from './tasks';

/** Bytes that were inspected before (another import, a deleted project) are not decoded again. */
export const inspectPhotos: TaskImplementation<'inspect-photos'> = async (input, context) => {
  const cache = context.cache(input.cacheFile);
  const files: InspectedFile[] = [];
  const entries: CacheEntry[] = [];
  for (const path of input.paths) {
    throwIfCancelled(context.signal);
    files.push(await inspectFile(path, input, cache, entries));
  }
  cache.putAll(entries);
  return { files };
};

async function inspectFile(
  path: string,
  input: TaskInput<'inspect-photos'>,
  cache: CacheStore,
  entries: CacheEntry[],
): Promise<InspectedFile> {
  try {
    const { bytes, modifiedMs } = await readPhotoFile(path);
    return { ok: true, path, modifiedMs, ...(await inspectBytes(bytes, input, cache, entries)) };
  } catch (error) {
    if (!(error instanceof PhotoProblem)) throw error;
    return { ok: false, path, reason: error.reason, message: error.message };
  }
}

/**
 * What there is to know about a photo's bytes; what the cache lacks is added to `entries`.
 * @throws PhotoProblem when they are no photo.
 */
export async function inspectBytes(
  bytes: Uint8Array,
  { recipe, blobsFolder }: Pick<TaskInput<'inspect-photos'>, 'recipe' | 'blobsFolder'>,
  cache: CacheStore,
  entries: CacheEntry[],
): Promise<{ sha256: string; bytes: number; facts: PhotoFacts }> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  let facts = knownFacts(cache, sha256, modelInputKey(sha256, recipe));
  if (!facts) {
    const inspection = await inspectPhoto(bytes, recipe);
    facts = inspection.facts;
    entries.push(
      { kind: 'thumbnail', key: sha256, data: inspection.thumbnail },
      { kind: 'facts', key: sha256, data: Buffer.from(JSON.stringify(facts)) },
      { kind: 'input', key: modelInputKey(sha256, recipe), data: inspection.input },
    );
  }
  if (blobsFolder) await storeCopy(blobsFolder, sha256, bytes);
  return { sha256, bytes: bytes.byteLength, facts };
}

/** The facts, when everything else that an inspection makes is in the cache too. */
function knownFacts(cache: CacheStore, sha256: string, inputKey: string): PhotoFacts | undefined {
  const stored = cache.get('facts', sha256);
  if (!stored || !cache.has('thumbnail', sha256) || !cache.has('input', inputKey)) return undefined;
  return photoFactsSchema.safeParse(JSON.parse(Buffer.from(stored).toString('utf8'))).data;
}

/** A full disk concerns the whole import, not this one photo. */
async function storeCopy(blobsFolder: string, sha256: string, bytes: Uint8Array): Promise<void> {
  try {
    await storeBlob(blobsFolder, sha256, bytes);
  } catch (error) {
    throw cannotWrite(error, `A copy in ${blobsFolder}`);
  }
}
