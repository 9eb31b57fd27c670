import { dirname } from 'node:path';
import type { HandlersOf } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import type { PhonePhoto, phonePhotosApi } from '../../../shared/api/phone-photos-api';
import type { DeviceId } from '../../../shared/domain/device';
import type { DeviceHub } from '../../platform/devices/device-hub';
import { createScratchFolder } from '../../platform/scratch-folder';
import type { Dataset, Jobs, ProjectContext } from '../ports';
import { listPhotos, type PhotoOnPhone } from './list-photos';
import { createPhoneThumbnails, type PhoneThumbnails } from './phone-thumbnails';
import { photosToPull, type PullParameters, pullPhotos } from './pull-photos';

export interface PhonePhotosParts {
  context: ProjectContext;
  jobs: Jobs;
  dataset: Dataset;
  hub: DeviceHub;
}

export interface PhonePhotosService {
  handlers: HandlersOf<typeof phonePhotosApi>;
  /** JPEG of a listed photo; undefined when there is none. */
  thumbnail(id: string): Promise<Uint8Array | undefined>;
  dispose(): Promise<void>;
}

type ListedPhoto = PhotoOnPhone & { id: string };

/** What is on a phone, as it was when it was looked at. */
interface PhotoList {
  photos: ListedPhoto[];
  byId: Map<string, ListedPhoto>;
  thumbnails: PhoneThumbnails;
}

interface Choice {
  album?: string | undefined;
  since?: string | undefined;
  onlyNew: boolean;
}

/** The camera's photos on phones: looked through, and copied into the project. */
export function createPhonePhotosService(parts: PhonePhotosParts): PhonePhotosService {
  const { context, jobs, dataset, hub } = parts;
  const lists = new Map<DeviceId, PhotoList>();
  let number = 0;

  jobs.register<PullParameters>('pull-photos', {
    resumable: true,
    run: (parameters, job) => pullPhotos(parts, parameters, job),
  });

  async function look(deviceId: DeviceId, signal: AbortSignal): Promise<PhotoList> {
    const transport = hub.transport(deviceId);
    const folder = await transport.openPhotos(deviceId);
    try {
      const found = await listPhotos(folder, signal);
      number += 1;
      const photos = found.map((photo, index) => ({ ...photo, id: `list-${number}-${index}` }));
      const list: PhotoList = {
        photos,
        byId: new Map(photos.map((photo) => [photo.id, photo])),
        thumbnails: createPhoneThumbnails({
          workers: context.workers,
          scratch: createScratchFolder(dirname(context.cacheFile)),
          openFolder: () => transport.openPhotos(deviceId),
        }),
      };
      const before = lists.get(deviceId);
      lists.set(deviceId, list);
      await before?.thumbnails.dispose();
      return list;
    } finally {
      await folder.close();
    }
  }

  function matching(deviceId: DeviceId, { photos }: PhotoList, choice: Choice) {
    const fresh = new Set(photosToPull(dataset, deviceId, photos).map(({ id }) => id));
    const since = choice.since === undefined ? 0 : Date.parse(choice.since);
    const matches = photos.filter(
      ({ id, album, modifiedMs }) =>
        (choice.album ?? album) === album &&
        modifiedMs >= since &&
        (!choice.onlyNew || fresh.has(id)),
    );
    return { fresh, matches };
  }

  return {
    handlers: {
      'phonePhotos.list': async ({ deviceId, anew, offset, limit, ...choice }, { signal }) => {
        const known = anew ? undefined : lists.get(deviceId);
        const list = known ?? (await look(deviceId, signal));
        const { fresh, matches } = matching(deviceId, list, choice);
        return {
          albums: albumsOf(list.photos, fresh),
          total: matches.length,
          photos: matches.slice(offset, offset + limit).map(
            ({ id, fileName, album, bytes, modifiedMs }): PhonePhoto => ({
              id,
              fileName,
              album,
              bytes,
              modifiedAt: new Date(modifiedMs).toISOString(),
              isNew: fresh.has(id),
            }),
          ),
        };
      },
      'phonePhotos.pull': async ({ deviceId, photoIds, label, ...choice }, { signal }) => {
        const list = lists.get(deviceId) ?? (await look(deviceId, signal));
        const chosen = photoIds
          ? photoIds.flatMap((id) => list.byId.get(id) ?? [])
          : matching(deviceId, list, choice).matches;
        requireSome(chosen, photoIds !== undefined, choice);
        const device = (await hub.list()).find(({ id }) => id === deviceId);
        const deviceName = device?.name ?? deviceId;
        const photos = chosen.map(({ id: _, ...photo }): PhotoOnPhone => photo);
        const count = photos.length === 1 ? '1 photo' : `${photos.length} photos`;
        const parameters: PullParameters = { deviceId, deviceName, photos, label };
        const title = `Importing ${count} from ${deviceName}`;
        return { jobId: jobs.start<PullParameters>('pull-photos', title, parameters) };
      },
    },
    async thumbnail(id) {
      for (const { byId, thumbnails } of lists.values()) {
        const photo = byId.get(id);
        if (photo) return thumbnails.get(id, photo);
      }
      return undefined;
    },
    async dispose() {
      await Promise.all([...lists.values()].map(({ thumbnails }) => thumbnails.dispose()));
      lists.clear();
    },
  };
}

function albumsOf(photos: readonly ListedPhoto[], fresh: ReadonlySet<string>) {
  const albums = new Map<string, { name: string; count: number; fresh: number }>();
  for (const { id, album } of photos) {
    const found = albums.get(album) ?? { name: album, count: 0, fresh: 0 };
    albums.set(album, found);
    found.count += 1;
    if (fresh.has(id)) found.fresh += 1;
  }
  return [...albums.values()];
}

function requireSome(chosen: readonly unknown[], byId: boolean, { album, onlyNew }: Choice): void {
  if (chosen.length > 0) return;
  if (byId) {
    throw new AppError(
      'not-found',
      'These photos are no longer listed: the phone was looked at anew.',
      'Choose them again.',
    );
  }
  const where = album === undefined ? 'on the phone' : `in ${album} on the phone`;
  throw new AppError(
    'nothing-to-import',
    onlyNew ? `There are no new photos ${where}.` : `There are no photos ${where} that match.`,
    'Take some, or choose another album or an earlier day.',
  );
}
