import type { ImportProblem } from '../../../shared/api/dataset-api';
import type { Split } from '../../../shared/domain/split';
import type { PixelRecipe } from '../../../shared/domain/preprocessing';
import type { DatasetFormat } from '../../../shared/api/dataset-export-api';
import type { ExportedPhoto, ListColumns } from '../../engine/exchange/dataset-lists';
import type { Cut, PhotoFactsGiven } from '../../engine/exchange/listed-photo';
import type { DatasetManifest } from '../../platform/dataset-manifest';
import type { InspectedFile, PhotoSource } from '../tasks';

export type ListFormat = 'coco' | 'csv' | 'tfrecord' | 'project';

/** A photo, or a cut of one, that a list names. */
export interface ListedPhoto extends PhotoFactsGiven {
  /** Absolute. */
  path: string;
  /** As the list calls it, for people to read. */
  relativePath: string;
  /** What to call the photo where its path does not say it. */
  fileName?: string;
  /** Its bytes have to go into the project: where they are they belong to something else. */
  stored?: boolean;
  /** It was unpacked and will be gone after the import. */
  passing?: boolean;
}

export interface PhotoListing {
  photos: ListedPhoto[];
  problems: ImportProblem[];
}

export interface ListToRead {
  format: ListFormat;
  /** Absolute path of the list; of a project, its folder. */
  file: string;
  /** Of photos that name none. */
  split?: Split;
  /** It was found in a folder: when it is about something else, it is not read. */
  found: boolean;
  /** Nothing outside of this folder may be referred to; absent for a project on this machine. */
  within?: string;
}

/** A cut that is to become a photo. */
export interface CutToMake {
  /** Of the picture. */
  path: string;
  cut: Cut;
}

export type InspectedCut = InspectedFile & {
  cutId: string;
  /** Size and time of the picture it was cut from. */
  picture?: { bytes: number; modifiedMs: number };
};

/** A data set in the making, over as many tasks as it takes. */
export interface DatasetTarget {
  format: DatasetFormat;
  columns: ListColumns;
  /** The folder, or the zip file. */
  place: string;
  /** Of a zip: the folder in it that holds everything. */
  rootName?: string;
  /** A folder for lists until they are whole. */
  scratch: string;
  /** ISO 8601: what files in a zip are dated. */
  at: string;
}

export type PhotoToWrite = PhotoSource & ExportedPhoto;

/** Tasks of what goes into a project and comes out. */
export interface ExchangeTasks {
  /**
   * Reads a list of photos whole and checks it; photos that lie in the list itself are written into
   * `targetFolder`. No listing where a file that was found is about something else.
   * @throws AppError 'source-unreadable', 'project-newer', 'project-damaged', 'no-space'.
   */
  'read-photo-list': {
    input: ListToRead & { targetFolder: string };
    progress: never;
    output: { listing?: PhotoListing };
  };
  /** As 'inspect-photos', of parts of pictures: each is stored in the project as a PNG. */
  'inspect-cuts': {
    input: { cuts: CutToMake[]; cacheFile: string; recipe: PixelRecipe; blobsFolder: string };
    progress: never;
    output: { cuts: InspectedCut[] };
  };
  /**
   * Copies photos into a data set, each checked against its hash, and adds them to its lists. Those
   * that can't be read or are others now are left out.
   * @throws AppError 'no-space', 'not-writable'.
   */
  'write-dataset-part': {
    input: { target: DatasetTarget; photos: PhotoToWrite[] };
    progress: never;
    output: { written: number; bytes: number; leftOut: { photoId: number; reason: string }[] };
  };
  /** Adds lists and manifest: the data set is whole. @throws AppError 'no-space', 'not-writable'. */
  'finish-dataset': {
    input: { target: DatasetTarget; manifest: DatasetManifest };
    progress: never;
    output: Record<string, never>;
  };
}
