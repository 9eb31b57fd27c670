import type { Similarity } from '@main/services/ports';
import { packHashes } from '@main/platform/photo-hashes';
import type { EmbeddedPhotos } from '@main/workers/tasks';

/** Photos on a circle: the angle of photo n is n degrees. */
export function createFakeSimilarity(photoIds: readonly number[] = []): Similarity {
  const ids = [...photoIds].sort((a, b) => a - b);
  const embedding: EmbeddedPhotos = {
    photoIds: Uint32Array.from(ids),
    hashes: packHashes(''),
    dimensions: 2,
    vectors: Float32Array.from(
      ids.flatMap((id) => [Math.cos((id * Math.PI) / 180), Math.sin((id * Math.PI) / 180)]),
    ),
  };
  return { embedding: () => Promise.resolve(embedding) };
}
