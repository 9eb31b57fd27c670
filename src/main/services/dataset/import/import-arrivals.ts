import type { Dataset } from '../../ports';
import type { ChangeNotifier } from '../change-notifier';
import { dealMissingSplits } from '../splits/split-assignment';
import { findSplitGroups } from '../splits/split-groups';
import type { ImportJobOptions } from './import-job';
import { createImportReader } from './import-reader';
import { ImportRecorder } from './import-recorder';
import { beginImport } from './import-report';
import { PhotoOrigins } from './photo-origins';

export type ImportArrivalsOptions = Pick<
  ImportJobOptions,
  'context' | 'photos' | 'labels' | 'recipe'
> & { notifier: ChangeNotifier };

/** Imports of files that somebody else fetches, batch after batch, and that are stored in the project. */
export function createArrivals(
  options: ImportArrivalsOptions,
): Pick<Dataset, 'beginImport' | 'seenOrigins'> {
  const { context, notifier } = options;
  const { database, workers, log } = context;

  return {
    seenOrigins(paths) {
      return new PhotoOrigins(database).at(paths);
    },
    beginImport() {
      const importId = beginImport(database, context.now());
      const recorder = new ImportRecorder({ ...options, ...context, importId });
      return {
        id: importId,
        async take(files, signal) {
          const read = createImportReader({
            ...options,
            labels: 'none',
            copied: true,
            uploaded: false,
            signal,
          });
          const outcomes = await read(
            files.map(({ path, fileName }) => {
              const listed = { path, relativePath: fileName, fileName };
              return { kind: 'photo' as const, path, relativePath: fileName, listed };
            }),
          );
          const arrived = outcomes.map((outcome, index) => {
            const file = files[index];
            if (!file || outcome.kind !== 'read') return outcome;
            const { origin, modifiedMs, label } = file;
            return { ...outcome, origin, modifiedMs, ...(label === undefined ? {} : { label }) };
          });
          if (recorder.confirm(arrived)) notifier.changed();
        },
        async finish() {
          recorder.finish();
          // Copies are dealt together; an import that is given up still deals what it has.
          await findSplitGroups(database, workers).catch((error: unknown) =>
            log.error('Copies could not be looked for', error),
          );
          database.transaction(() => dealMissingSplits(database));
          notifier.changed();
          const { added, known, conflicts } = recorder.counts;
          return { added, known, conflicts, problems: recorder.problems };
        },
      };
    },
  };
}
