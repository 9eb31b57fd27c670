import { AppError } from '../../../shared/api/errors';
import type { StudioApp } from '../../app/studio-app';
import { saveFile } from '../../platform/save-file';
import { openServedFile } from '../../platform/served-files';

/** Writes what a media path shows into a file. */
export async function saveMedia(app: StudioApp, media: string, path: string): Promise<void> {
  const response = await app.media(media);
  const data =
    response?.kind === 'bytes'
      ? response.bytes
      : response && (await openServedFile(response.path))?.read();
  if (!data) throw new AppError('not-found', `There is nothing at ${media} to write.`);
  await saveFile(path, data);
}
