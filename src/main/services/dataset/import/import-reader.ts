import type { PhotoProblem } from '../../../../shared/domain/photo-problem';
import type { PixelRecipe } from '../../../../shared/domain/preprocessing';
import { statFiles } from '../../../platform/stat-files';
import type { FoundFile } from '../../../platform/walk-photos';
import type { InspectedFile } from '../../../workers/tasks';
import type { ProjectContext } from '../../ports';
import { createFolderLabels } from './folder-labels';
import type { ImportOutcome } from './import-recorder';
import { type PhotoOrigin, PhotoOrigins } from './photo-origins';

export type FoundPhoto = Exclude<FoundFile, { kind: 'ignored' }>;

export interface ImportReaderOptions {
  context: ProjectContext;
  recipe: PixelRecipe;
  labels: 'folders' | 'none';
  /** The bytes go into the project. */
  copied: boolean;
  signal: AbortSignal;
}

/**
 * Makes the function that finds out about a batch of files, in its order: those that the project
 * has seen unchanged are not read, the others are inspected by one task.
 */
export function createImportReader({
  context,
  recipe,
  labels,
  copied,
  signal,
}: ImportReaderOptions): (batch: readonly FoundPhoto[]) => Promise<ImportOutcome[]> {
  const origins = new PhotoOrigins(context.database);
  const folderLabels = createFolderLabels(labels);

  return async (batch) => {
    const paths = batch.flatMap((file) => (file.kind === 'photo' ? [file.path] : []));
    const unchanged = await findUnchanged(paths);
    const inspected = await inspect(paths.filter((path) => !unchanged.has(path)));
    return batch.flatMap((file): ImportOutcome[] => {
      if (file.kind === 'problem') return [toProblem(file.relativePath, file.problem)];
      const known = unchanged.get(file.path);
      const answer = inspected.get(file.path);
      if (answer && !answer.ok) return [toProblem(file.relativePath, answer)];
      const { label, problem } = folderLabels.labelOf(file);
      const outcomes: ImportOutcome[] = problem ? [{ kind: 'problem', ...problem }] : [];
      if (known) outcomes.push({ kind: 'unchanged', ...known, label });
      else if (answer) outcomes.push({ kind: 'read', ...answer, label });
      return outcomes;
    });
  };

  /** With a copy wanted, a photo that is only referenced has to be read again. */
  async function findUnchanged(paths: readonly string[]): Promise<Map<string, PhotoOrigin>> {
    const known = [...origins.at(paths).values()].filter((origin) => !copied || origin.stored);
    const stamps = await statFiles(known.map((origin) => origin.path));
    const same = known.filter(({ bytes, modifiedMs }, index) => {
      const stamp = stamps[index];
      return stamp?.bytes === bytes && stamp.modifiedMs === modifiedMs;
    });
    return new Map(same.map((origin) => [origin.path, origin]));
  }

  async function inspect(paths: string[]): Promise<Map<string, InspectedFile>> {
    if (paths.length === 0) return new Map();
    const { cacheFile, blobsFolder } = context;
    const input = { paths, cacheFile, recipe, ...(copied ? { blobsFolder } : {}) };
    const { files } = await context.workers.run('inspect-photos', input, { signal });
    return new Map(files.map((file) => [file.path, file]));
  }
}

function toProblem(
  path: string,
  { reason, message }: Pick<PhotoProblem, 'message'> & { reason: string },
): ImportOutcome {
  return { kind: 'problem', path, reason, message };
}
