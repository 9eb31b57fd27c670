import { type PixelRecipe, pixelRecipeKey } from '../../shared/domain/preprocessing';

/**
 * What `cache/cache.sqlite` holds: bytes that can be computed again from the photos, by kind and
 * key. Deleting the file costs time, never data.
 */
export type CacheKind =
  /** JPEG, longer side 320 pixels at most. Key: the photo's SHA-256. */
  | 'thumbnail'
  /** `PhotoFacts` as UTF-8 JSON. Key: the photo's SHA-256. */
  | 'facts'
  /** RGB bytes of a model input, width*height*3. Key: `modelInputKey`. */
  | 'input'
  /** float32 little-endian features. Key: `featureKey`. */
  | 'features'
  /** A feature subspace, see `workers/embedding-cache.ts`. Key: `featureSpace`. */
  | 'subspace'
  /** float32 little-endian coordinates in a subspace. Key: `projectionKey`. */
  | 'projection';

export function modelInputKey(sha256: string, recipe: PixelRecipe): string {
  return `${sha256}:${pixelRecipeKey(recipe)}`;
}

/** What features depend on besides the photo: one text a backbone, recipe and mirroring. */
export function featureSpace(
  backboneSha256: string,
  recipe: PixelRecipe,
  mirrored: boolean,
): string {
  return `${backboneSha256.slice(0, 16)}:${pixelRecipeKey(recipe)}${mirrored ? ':mirrored' : ''}`;
}

export function featureKey(sha256: string, space: string): string {
  return `${sha256}:${space}`;
}

export function projectionKey(sha256: string, space: string, subspace: string): string {
  return `${sha256}:${space}:${subspace}`;
}
