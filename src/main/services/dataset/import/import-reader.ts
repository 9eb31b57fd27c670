import type { PixelRecipe } from '../../../../shared/domain/preprocessing';
import { type FileStamp, statFiles } from '../../../platform/stat-files';
import type { InspectedFile } from '../../../workers/tasks';
import type { ProjectContext } from '../../ports';
import { createFolderLabels, type LabelRule } from './folder-labels';
import type { ImportOutcome } from './import-recorder';
import { type PhotoOrigin, PhotoOrigins } from './photo-origins';
import type { ImportFile } from './sources/prepare-import';

export type FileToRead = Exclude<ImportFile, { kind: 'ignored' }>;
type PhotoToRead = Extract<ImportFile, { kind: 'photo' }>;

export interface ImportReaderOptions {
  context: ProjectContext;
  recipe: PixelRecipe;
  labels: LabelRule;
  /** The bytes go into the project. */
  copied: boolean;
  /** The paths will be gone after the import. */
  uploaded: boolean;
  signal: AbortSignal;
}

type Inspected = InspectedFile & { picture?: FileStamp };

/**
 * Makes the function that finds out about a batch of files, in its order: those that the project
 * has seen unchanged are not read, the others are inspected by one task a kind.
 */
export function createImportReader({
  context,
  recipe,
  labels,
  copied,
  uploaded,
  signal,
}: ImportReaderOptions): (batch: readonly FileToRead[]) => Promise<ImportOutcome[]> {
  const origins = new PhotoOrigins(context.database);
  const folderLabels = createFolderLabels(labels);
  const { cacheFile, blobsFolder, workers } = context;

  const isCopied = (file: PhotoToRead): boolean =>
    copied ||
    file.unpacked === true ||
    file.listed?.stored === true ||
    file.listed?.cut !== undefined;

  return async (batch) => {
    const photos = batch.filter((file) => file.kind === 'photo');
    const unchanged = await findUnchanged(photos);
    const inspected = await inspect(photos.filter((file) => !unchanged.has(originOf(file))));
    return batch.flatMap((file): ImportOutcome[] => {
      if (file.kind === 'listing-problem') return [{ kind: 'problem', ...file.problem }];
      if (file.kind === 'problem') return [toProblem(file.relativePath, file.problem)];
      const origin = originOf(file);
      const known = unchanged.get(origin);
      const answer = inspected.get(origin);
      if (answer && !answer.ok) return [toProblem(file.relativePath, answer)];
      const { given, problem } = givenOf(file);
      const outcomes: ImportOutcome[] = problem ? [{ kind: 'problem', ...problem }] : [];
      const place = {
        origin,
        path: file.path,
        fileName: file.listed?.fileName,
        copied: isCopied(file),
        passing: uploaded || file.unpacked === true,
        ...given,
      };
      if (known) outcomes.push({ kind: 'unchanged', ...place, ...known });
      else if (answer) {
        const { sha256, bytes, facts, modifiedMs, picture } = answer;
        const stamp = picture ?? { bytes, modifiedMs };
        outcomes.push({ kind: 'read', ...place, ...stamp, photo: { sha256, bytes, facts } });
      }
      return outcomes;
    });
  };

  function givenOf(file: PhotoToRead) {
    if (labels === 'none') return { given: {} };
    if (file.listed) {
      const { label, split, excluded } = file.listed;
      return { given: { label, split, excluded } };
    }
    const { label, problem } = folderLabels.labelOf(file);
    return { given: { label, split: file.split }, problem };
  }

  /** With a copy wanted, a photo that is only referenced has to be read again. */
  async function findUnchanged(
    files: readonly PhotoToRead[],
  ): Promise<Map<string, Pick<PhotoOrigin, 'photoId'> & FileStamp>> {
    const seen = origins.at(files.map(originOf));
    const known = files.flatMap((file) => {
      const origin = seen.get(originOf(file));
      return origin && (origin.stored || !isCopied(file)) ? [{ file, origin }] : [];
    });
    const stamps = await statFiles(known.map(({ file }) => file.path));
    return new Map(
      known.flatMap(({ origin: { path, photoId, bytes, modifiedMs } }, index) => {
        const stamp = stamps[index];
        const same = stamp?.bytes === bytes && stamp.modifiedMs === modifiedMs;
        return same ? [[path, { photoId, bytes, modifiedMs }]] : [];
      }),
    );
  }

  /** By origin. */
  async function inspect(files: readonly PhotoToRead[]): Promise<Map<string, Inspected>> {
    const found = new Map<string, Inspected>();
    const whole = files.filter(({ listed }) => !listed?.cut);
    for (const copy of [false, true]) {
      const paths = whole.filter((file) => isCopied(file) === copy).map(({ path }) => path);
      if (paths.length === 0) continue;
      const input = { paths, cacheFile, recipe, ...(copy ? { blobsFolder } : {}) };
      const answer = await workers.run('inspect-photos', input, { signal });
      for (const file of answer.files) found.set(file.path, file);
    }
    const cuts = files.flatMap(({ path, listed }) =>
      listed?.cut ? [{ path, cut: listed.cut }] : [],
    );
    if (cuts.length === 0) return found;
    const input = { cuts, cacheFile, recipe, blobsFolder };
    const answer = await workers.run('inspect-cuts', input, { signal });
    const byCut = new Map(answer.cuts.map((cut) => [`${cut.path}#${cut.cutId}`, cut]));
    for (const file of files) {
      const { path, listed } = file;
      const cut = listed?.cut && byCut.get(`${path}#${listed.cut.id}`);
      if (cut) found.set(originOf(file), cut);
    }
    return found;
  }
}

/** What a photo is remembered by: a cut, by its picture and where in it. */
function originOf({ path, listed }: PhotoToRead): string {
  if (!listed?.cut) return path;
  const { id, box } = listed.cut;
  return `${path}#${id}@${box.left},${box.top},${box.width},${box.height}`;
}

function toProblem(
  path: string,
  { reason, message }: { reason: string; message: string },
): ImportOutcome {
  return { kind: 'problem', path, reason, message };
}
