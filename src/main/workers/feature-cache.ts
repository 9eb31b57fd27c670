import type { Backbone } from '../../shared/domain/backbone';
import type { PixelRecipe } from '../../shared/domain/preprocessing';
import { featureKey, featureSpace } from '../platform/cache-kinds';
import type { CacheStore } from '../platform/cache-store';
import type { PhotoSource } from './tasks';

/** Features of one backbone and recipe, by photo: plain and mirrored views apart. */
export interface FeatureCache {
  get(sha256: string, mirrored: boolean): Float32Array | undefined;
  put(sha256: string, mirrored: boolean, features: Float32Array): void;
  /** Those of `photos` that lack features of a view. */
  lacking<Photo extends Pick<PhotoSource, 'sha256'>>(
    photos: readonly Photo[],
    mirrored: boolean,
  ): Photo[];
}

export function createFeatureCache(
  cache: CacheStore,
  backbone: Backbone,
  recipe: PixelRecipe,
): FeatureCache {
  const key = (sha256: string, mirrored: boolean) =>
    featureKey(sha256, featureSpace(backbone.sha256, recipe, mirrored));

  return {
    get(sha256, mirrored) {
      const bytes = cache.get('features', key(sha256, mirrored));
      if (bytes?.byteLength !== backbone.featureWidth * 4) return undefined;
      // A copy, because the bytes may begin anywhere in a buffer of theirs.
      return new Float32Array(Uint8Array.from(bytes).buffer);
    },
    put(sha256, mirrored, features) {
      const { buffer, byteOffset, byteLength } = features;
      const data = new Uint8Array(buffer, byteOffset, byteLength);
      cache.put('features', key(sha256, mirrored), data);
    },
    lacking(photos, mirrored) {
      const missing = new Set(
        cache.missing(
          'features',
          photos.map(({ sha256 }) => key(sha256, mirrored)),
        ),
      );
      return photos.filter(({ sha256 }) => missing.has(key(sha256, mirrored)));
    },
  };
}
