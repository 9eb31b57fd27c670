import { AppError } from '../../shared/api/errors';
import { PhotoProblem } from '../../shared/domain/photo-problem';
import { renderPhoto as render } from '../engine/image/render-photo';
import { readPhotoFile } from '../platform/read-photo-file';
import type { TaskImplementation } from './task-context';

/** @throws AppError 'photo-unreadable'. */
export const renderPhoto: TaskImplementation<'render-photo'> = async ({ path, size }) => {
  try {
    const { bytes } = await readPhotoFile(path);
    return { jpeg: await render(bytes, size) };
  } catch (error) {
    if (!(error instanceof PhotoProblem)) throw error;
    throw new AppError('photo-unreadable', 'The photo can’t be shown.', error.message, {
      cause: error,
    });
  }
};
