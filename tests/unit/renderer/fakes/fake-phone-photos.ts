import type { HandlersOf, ParsedInput } from '@shared/api/contract';
import type { AppError } from '@shared/api/errors';
import type { PhonePhoto, phonePhotosApi } from '@shared/api/phone-photos-api';

export interface FakePhonePhotos {
  photos: PhonePhoto[];
  /** What the phone has against being looked through. */
  refusal?: AppError | undefined;
  looks: number;
  pulled: ParsedInput<'phonePhotos.pull'>[];
  handlers: HandlersOf<typeof phonePhotosApi>;
}

export function fakePhonePhoto(number: number, change: Partial<PhonePhoto> = {}): PhonePhoto {
  return {
    id: `list-1-${number}`,
    fileName: `IMG_${number}.jpg`,
    album: 'Camera',
    bytes: 3_000_000,
    modifiedAt: '2026-01-02T03:04:05.000Z',
    isNew: true,
    ...change,
  };
}

/** The camera's photos on a phone, in memory. */
export function createFakePhonePhotos(): FakePhonePhotos {
  const fake: FakePhonePhotos = {
    photos: [],
    looks: 0,
    pulled: [],
    handlers: {
      'phonePhotos.list': ({ anew, album, onlyNew, offset, limit }) => {
        if (fake.refusal) throw fake.refusal;
        if (anew) fake.looks += 1;
        const matching = fake.photos.filter(
          (photo) => (album ?? photo.album) === photo.album && (!onlyNew || photo.isNew),
        );
        const names = [...new Set(fake.photos.map((photo) => photo.album))];
        return {
          albums: names.map((name) => {
            const inIt = fake.photos.filter((photo) => photo.album === name);
            return { name, count: inIt.length, fresh: inIt.filter(({ isNew }) => isNew).length };
          }),
          total: matching.length,
          photos: matching.slice(offset, offset + limit),
        };
      },
      'phonePhotos.pull': (input) => {
        fake.pulled.push(input);
        return { jobId: 'job-1' };
      },
    },
  };
  return fake;
}
