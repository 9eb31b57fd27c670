import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/api/errors';
import { isHiddenName } from '../../shared/domain/photo-names';
import { unpackZip } from './unpack-zip';
import { createUploadFiles, type UploadFiles, type UploadLimits } from './upload-files';
import { safePathParts } from './upload-path';

/**
 * What a host has taken in before it is used, by unguessable id: paths a person chose in a trusted
 * dialog, folders, and files uploaded by a browser. Paths never come over the wire; these ids do.
 */
export interface Staging {
  /** Files and folders on this machine; stays valid until the program ends. */
  stagePaths(paths: readonly string[]): string;
  /** A folder to create, open or export into. */
  stagePlace(folder: string): string;
  /** Starts an upload; its files land in a temporary folder that `discard` removes. */
  openUpload(): string;
  /**
   * Adds one file to an upload. `relativePath` keeps its folders (they become labels) and can't
   * leave the upload's folder. A `.zip` is unpacked in place, bounded in size and count.
   * @throws AppError 'upload-refused', 'no-space', 'not-writable'; 'not-found' for an upload that
   * is not (or no longer) open.
   */
  receiveFile(
    uploadId: string,
    relativePath: string,
    body: AsyncIterable<Uint8Array>,
  ): Promise<void>;
  /**
   * What to import. An upload is one folder; where all its files lie in one folder of it (a folder
   * that was picked, an archive's top), it is that one, as when a path to it is given.
   * @throws AppError 'not-found'.
   */
  source(id: string): { paths: string[]; uploaded: boolean };
  /** @throws AppError 'not-found'. */
  place(id: string): string;
  /** Forgets it and removes an upload's files, also those of a program that has ended. */
  discard(id: string): Promise<void>;
  /** Removes uploads, except those that `source` gave out: an interrupted import may go on. */
  dispose(): Promise<void>;
}

export interface StagingOptions {
  /** For uploads; made when the first one starts. What is older than a week there is removed. */
  temporaryFolder: string;
  /** Of one upload. */
  limits?: UploadLimits;
}

/** Also what an archive on this machine may unpack to. */
export const defaultUploadLimits: UploadLimits = { files: 200_000, bytes: 64e9 };
const KEPT_MS = 7 * 24 * 3600 * 1000;
const UPLOAD_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createStaging({
  temporaryFolder,
  limits = defaultUploadLimits,
}: StagingOptions): Staging {
  const sources = new Map<string, readonly string[]>();
  const places = new Map<string, string>();
  const uploads = new Map<string, UploadFiles>();
  const givenOut = new Set<string>();
  const cleaning = removeOldUploads(temporaryFolder);

  function upload(id: string): UploadFiles {
    const files = uploads.get(id);
    if (!files) throw notStaged();
    return files;
  }

  return {
    stagePaths(paths) {
      const id = randomUUID();
      sources.set(id, [...paths]);
      return id;
    },
    stagePlace(folder) {
      const id = randomUUID();
      places.set(id, folder);
      return id;
    },
    openUpload() {
      const id = randomUUID();
      const folder = join(temporaryFolder, id);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      uploads.set(id, createUploadFiles(folder, limits));
      return id;
    },
    async receiveFile(uploadId, relativePath, body) {
      const files = upload(uploadId);
      const path = await files.write(relativePath, body);
      if (!relativePath.toLowerCase().endsWith('.zip')) return;
      try {
        await unpackZip(path, safePathParts(relativePath).slice(0, -1).join('/'), files);
      } finally {
        await files.remove(path);
      }
    },
    source(id) {
      const paths = sources.get(id);
      if (paths) return { paths: [...paths], uploaded: false };
      const { folder } = upload(id);
      givenOut.add(id);
      const entries = readdirSync(folder, { withFileTypes: true });
      const [only, ...others] = entries.filter(({ name }) => !isHiddenName(name));
      const inside = only?.isDirectory() && others.length === 0 ? only.name : '';
      return { paths: [join(folder, inside)], uploaded: true };
    },
    place(id) {
      const folder = places.get(id);
      if (folder === undefined) throw notStaged();
      return folder;
    },
    async discard(id) {
      sources.delete(id);
      places.delete(id);
      uploads.delete(id);
      if (UPLOAD_ID.test(id)) {
        await rm(join(temporaryFolder, id), { recursive: true, force: true });
      }
    },
    async dispose() {
      sources.clear();
      places.clear();
      for (const id of [...uploads.keys()]) if (!givenOut.has(id)) await this.discard(id);
      uploads.clear();
      await cleaning;
    },
  };
}

/** Of programs that ended without discarding them, whose imports nobody went on with. */
async function removeOldUploads(temporaryFolder: string): Promise<void> {
  const names = await readdir(temporaryFolder).catch(() => []);
  for (const name of names.filter((candidate) => UPLOAD_ID.test(candidate))) {
    const folder = join(temporaryFolder, name);
    const facts = await stat(folder).catch(() => undefined);
    if (!facts || Date.now() - facts.mtimeMs < KEPT_MS) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

const notStaged = () =>
  new AppError('not-found', 'What was chosen is no longer at hand.', 'Choose it again.');
