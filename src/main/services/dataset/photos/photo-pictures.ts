import { AppError } from '../../../../shared/api/errors';
import type { PhotoId } from '../../../../shared/domain/photo';
import type { PixelRecipe } from '../../../../shared/domain/preprocessing';
import type { ProjectContext } from '../../ports';
import type { MissingCheck } from '../import/missing-check';
import type { PhotoRepository } from './photo-repository';

/** JPEGs of a photo for the screen; undefined when there is no such photo or picture. */
export interface PhotoPictures {
  /** Longer side at most 320 pixels; also of a photo whose file is gone, from the cache. */
  thumbnail(id: PhotoId): Promise<Uint8Array | undefined>;
  /** Longer side at most 2048 pixels; the thumbnail when the file is gone. */
  display(id: PhotoId): Promise<Uint8Array | undefined>;
  /** Absolute path of the photo's own bytes; undefined also when they are missing. */
  sourceFile(id: PhotoId): string | undefined;
}

export interface PhotoPicturesOptions {
  context: Pick<ProjectContext, 'cache' | 'cacheFile' | 'workers'>;
  photos: PhotoRepository;
  recipe: PixelRecipe;
  missing: MissingCheck;
}

const displaySize = 2048;
/** Longer than thumbnails are apart while a person scrolls, shorter than between two glances. */
const scrollPauseMs = 400;

export function createPhotoPictures({
  context: { cache, cacheFile, workers },
  photos,
  recipe,
  missing,
}: PhotoPicturesOptions): PhotoPictures {
  /** Inspecting again puts the thumbnail into the cache under the hash of what was really read. */
  async function thumbnail(id: PhotoId): Promise<Uint8Array | undefined> {
    const photo = photos.find(id);
    if (!photo) return undefined;
    workers.holdBackground(scrollPauseMs);
    const cached = cache.get('thumbnail', photo.sha256);
    if (cached || photo.missing) return cached;
    await workers.run('inspect-photos', { paths: [photo.path], cacheFile, recipe });
    const made = cache.get('thumbnail', photo.sha256);
    if (!made) await missing.check([id]);
    return made;
  }

  /** A photo that can't be read is looked at again: it may have to be flagged. */
  async function render(id: PhotoId, path: string): Promise<Uint8Array | undefined> {
    try {
      return (await workers.run('render-photo', { path, size: displaySize })).jpeg;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'photo-unreadable') throw error;
      await missing.check([id]);
      return undefined;
    }
  }

  return {
    thumbnail,
    async display(id) {
      const photo = photos.find(id);
      if (!photo) return undefined;
      const jpeg = photo.missing ? undefined : await render(id, photo.path);
      return jpeg ?? thumbnail(id);
    },
    sourceFile(id) {
      const photo = photos.find(id);
      return photo && !photo.missing ? photo.path : undefined;
    },
  };
}
