import type { DeviceFile, DeviceTransport } from '../../platform/devices/device-transport';
import { isHiddenName, isPhotoName } from '../../../shared/domain/photo-names';
import { throwIfCancelled } from '../../../shared/api/errors';

export type PhotosFolder = Awaited<ReturnType<DeviceTransport['openPhotos']>>;

export interface PhotoOnPhone {
  /** Below the phone's pictures: `Camera/IMG_1.jpg`. */
  path: string;
  fileName: string;
  /** The folder that it lies in. */
  album: string;
  bytes: number;
  /** Milliseconds since 1970, by the phone's clock. */
  modifiedMs: number;
}

/** Cameras make one level of folders; some apps a second one. */
const deepest = 3;
/** What lies in no folder. */
const topAlbum = 'DCIM';

/** All photos among a phone's pictures, the newest first; films and the like are none. */
export async function listPhotos(
  folder: PhotosFolder,
  signal: AbortSignal,
): Promise<PhotoOnPhone[]> {
  const photos: PhotoOnPhone[] = [];

  async function walk(below: string, depth: number): Promise<void> {
    throwIfCancelled(signal);
    const files: DeviceFile[] = await folder.list(below);
    for (const { name, bytes, modifiedMs, isFolder } of files) {
      const path = below === '' ? name : `${below}/${name}`;
      if (isFolder && !isHiddenName(name) && depth < deepest) await walk(path, depth + 1);
      else if (!isFolder && isPhotoName(name)) {
        photos.push({ path, fileName: name, album: below || topAlbum, bytes, modifiedMs });
      }
    }
  }

  await walk('', 0);
  return photos.sort((a, b) => b.modifiedMs - a.modifiedMs || (a.path < b.path ? 1 : -1));
}

/** What an import remembers a phone's photo by. */
export const originOf = (deviceId: string, { path }: Pick<PhotoOnPhone, 'path'>) =>
  `${deviceId}/DCIM/${path}`;
