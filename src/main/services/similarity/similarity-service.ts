import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HandlersOf } from '../../../shared/api/contract';
import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { similarityApi } from '../../../shared/api/similarity-api';
import { backboneRecipe } from '../../../shared/domain/backbone';
import type { Database } from '../../platform/database/database';
import { packHashes } from '../../platform/photo-hashes';
import type { EmbeddedPhotos, HashedPhotos } from '../../workers/tasks';
import type { EmbeddingOptions, Features, ProjectContext, Similarity } from '../ports';

export interface SimilarityParts {
  context: ProjectContext;
  features: Features;
}

export interface SimilarityService {
  handlers: HandlersOf<typeof similarityApi>;
  similarity: Similarity;
}

interface Embedded {
  /** What it was made from; another text, and it is made anew. */
  basis: string;
  photos: EmbeddedPhotos;
  at: number;
}

type Priority = EmbeddingOptions['priority'];

/** Photos read at a time: the window is not to be kept waiting. */
const pageSize = 10_000;

/** While photos lack features, it is made anew at most so often. */
const refreshMs = 3000;

/** Which photos look alike. */
export function createSimilarityService({ context, features }: SimilarityParts): SimilarityService {
  const { database, workers, cacheFile } = context;
  let current: Embedded | undefined;
  let making: Promise<Embedded> | undefined;
  /** Features were computed since the current one was begun. */
  let isOutdated = false;
  features.onComputed(() => {
    isOutdated = true;
  });

  function basisNow(): string {
    const row = database.get<{ count: number; newest: number | null }>(
      'SELECT count(*) AS count, max(id) AS newest FROM photos',
    );
    return `${row?.count}:${row?.newest}:${features.backbone().sha256}`;
  }

  /** Takes seconds and serves all who ask: nobody's cancel ends it. */
  async function make(basis: string, priority: Priority): Promise<Embedded> {
    isOutdated = false;
    const backbone = features.backbone();
    const recipe = backboneRecipe(backbone);
    const input = { photos: await readHashes(database), backbone, recipe, cacheFile };
    const photos = await workers.run('embed-photos', input, { priority });
    return { basis, photos, at: Date.now() };
  }

  /** `soon`: one that was made a moment ago will do. */
  async function embedded(
    soon: boolean,
    { signal, priority = 'normal' }: EmbeddingOptions = {},
  ): Promise<Embedded> {
    for (;;) {
      const basis = basisNow();
      const isWhole =
        current?.basis === basis && basis.startsWith(`${current.photos.photoIds.length}:`);
      const isFresh = current !== undefined && Date.now() - current.at < refreshMs;
      if (current?.basis === basis && (isWhole || (isFresh && (soon || !isOutdated)))) {
        return current;
      }
      // Who asks meanwhile waits for the same one, unless it was begun before features came that
      // are to be in it: then for the next.
      const joins = making === undefined || soon || !isOutdated;
      making ??= make(basis, priority).finally(() => {
        making = undefined;
      });
      const made = await making;
      current = made;
      throwIfCancelled(signal);
      if (joins) return made;
    }
  }

  return {
    similarity: { embedding: async (options) => (await embedded(false, options)).photos },
    handlers: {
      'similarity.findSimilar': async ({ photoIds, limit }, { signal }) => {
        const { photos: embedding } = await embedded(true);
        const known = new Set(embedding.photoIds);
        if (!photoIds.some((photoId) => known.has(photoId))) throw notPrepared();
        const backbone = features.backbone();
        const recipe = backboneRecipe(backbone);
        const input = { embedding, photoIds, limit, backbone, recipe, cacheFile };
        const found = await workers.run('find-similar', input, { signal });
        const others = embedding.photoIds.length - photoIds.filter((id) => known.has(id)).length;
        return {
          photos: found.photos,
          method: found.comparedWhole >= others ? 'exact' : 'approximate',
          of: others,
        };
      },
    },
  };
}

/** As two texts a page: a fraction of the memory of a row object a photo. */
async function readHashes(database: Database): Promise<HashedPhotos> {
  const ids: number[] = [];
  const hashes: string[] = [];
  for (let after = 0; ; after = ids.at(-1) ?? 0) {
    const row = database.get<{ ids: string | null; hashes: string | null }>(
      `SELECT group_concat(id) AS ids, group_concat(sha256, '') AS hashes
       FROM (SELECT id, sha256 FROM photos WHERE id > ? ORDER BY id LIMIT ?)`,
      [after, pageSize],
    );
    const page = JSON.parse(`[${row?.ids ?? ''}]`) as number[];
    for (const id of page) ids.push(id);
    hashes.push(row?.hashes ?? '');
    if (page.length < pageSize) break;
    await nextTurn();
  }
  return { photoIds: Uint32Array.from(ids), hashes: packHashes(hashes.join('')) };
}

function notPrepared(): AppError {
  return new AppError(
    'not-ready',
    'This photo has not been prepared yet.',
    'Photos are prepared in the background after an import: wait a moment and try again.',
  );
}
