import type { HandlersOf } from '../../../shared/api/contract';
import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { similarityApi } from '../../../shared/api/similarity-api';
import { backboneRecipe } from '../../../shared/domain/backbone';
import type { EmbeddedPhotos } from '../../workers/tasks';
import type { Features, ProjectContext, Similarity } from '../ports';

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
  /** In the order of `photos`. */
  sha256s: string[];
  at: number;
}

interface PhotoRow {
  photoId: number;
  sha256: string;
}

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
  async function make(basis: string): Promise<Embedded> {
    isOutdated = false;
    const backbone = features.backbone();
    const rows = database.all<PhotoRow>('SELECT id AS photoId, sha256 FROM photos ORDER BY id');
    const recipe = backboneRecipe(backbone);
    const input = { photos: rows.map((row) => ({ ...row })), backbone, recipe, cacheFile };
    const photos = await workers.run('embed-photos', input);
    const hashes = new Map(rows.map(({ photoId, sha256 }) => [photoId, sha256]));
    const sha256s = [...photos.photoIds].map((photoId) => hashes.get(photoId) ?? '');
    return { basis, photos, sha256s, at: Date.now() };
  }

  /** `soon`: one that was made a moment ago will do. */
  async function embedded(soon: boolean, signal?: AbortSignal): Promise<Embedded> {
    const basis = basisNow();
    const isWhole = current?.basis === basis && basis.startsWith(`${current.sha256s.length}:`);
    const isFresh = current !== undefined && Date.now() - current.at < refreshMs;
    if (current?.basis === basis && (isWhole || (isFresh && (soon || !isOutdated)))) return current;
    // Who asks meanwhile waits for the same one.
    making ??= make(basis).finally(() => {
      making = undefined;
    });
    current = await making;
    throwIfCancelled(signal);
    return current;
  }

  return {
    similarity: { embedding: async (signal) => (await embedded(false, signal)).photos },
    handlers: {
      'similarity.findSimilar': async ({ photoIds, limit }, { signal }) => {
        const { photos: embedding, sha256s } = await embedded(true);
        const known = new Set(embedding.photoIds);
        if (!photoIds.some((photoId) => known.has(photoId))) throw notPrepared();
        const backbone = features.backbone();
        const recipe = backboneRecipe(backbone);
        const input = { embedding, photoIds, limit, sha256s, backbone, recipe, cacheFile };
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

function notPrepared(): AppError {
  return new AppError(
    'not-ready',
    'This photo has not been prepared yet.',
    'Photos are prepared in the background after an import: wait a moment and try again.',
  );
}
