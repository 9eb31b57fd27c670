import { basename } from 'node:path';
import type { ImportProblem } from '../../../../shared/api/dataset-api';
import type { PhotoFacts } from '../../../../shared/domain/photo';
import type { Split } from '../../../../shared/domain/split';
import type { Database } from '../../../platform/database/database';
import type { FileStamp } from '../../../platform/stat-files';
import { type ImportCounts, saveImportCounts, saveImportProblem } from './import-report';
import { foldName, type LabelRepository } from '../label-repository';
import { PhotoOrigins } from './photo-origins';
import type { PhotoRepository } from '../photos/photo-repository';
import { changePhotos } from '../photos/photo-states';

/** Where a file is, how it is kept, and what is known of it. Size and time are of its origin. */
interface ImportedFile extends FileStamp {
  /** What it is known by when it is imported again: its path, or a place in it. */
  origin: string;
  path: string;
  /** Absent: as its path says. */
  fileName?: string;
  /** The bytes are stored in the project, not where they were found. */
  copied: boolean;
  /** The path will be gone after the import. */
  passing: boolean;
  label?: string;
  split?: Split;
  excluded?: boolean;
}

/** What an import found out about one file. */
export type ImportOutcome =
  | ({ kind: 'read'; photo: { sha256: string; bytes: number; facts: PhotoFacts } } & ImportedFile)
  /** Path, size and time are those of a photo that the project has: nobody read the file. */
  | ({ kind: 'unchanged'; photoId: number } & ImportedFile)
  | ({ kind: 'problem' } & ImportProblem);

export interface ImportRecorderOptions {
  database: Database;
  photos: PhotoRepository;
  labels: LabelRepository;
  importId: string;
  now(): Date;
}

interface KnownPhoto {
  labelId: number | null;
  conflict: string | null;
  source_path: string | null;
  missing: number;
}

/** Counts this often, at least, are saved when all files are known. */
const savedEvery = 500;

/** Turns outcomes into rows; what `confirm` has returned from survives a power cut. */
export class ImportRecorder {
  readonly counts: ImportCounts = { added: 0, known: 0, conflicts: 0, ignored: 0 };
  /** Files that could not be imported. */
  problems = 0;
  /** At least one file was there, be it a broken one. */
  foundSomething = false;
  private readonly origins: PhotoOrigins;
  private unsaved = 0;

  constructor(private readonly options: ImportRecorderOptions) {
    this.origins = new PhotoOrigins(options.database);
  }

  /** @returns whether photos changed. */
  confirm(outcomes: readonly ImportOutcome[]): boolean {
    const news = outcomes.filter((outcome) => !this.isNothingNew(outcome));
    this.foundSomething ||= outcomes.some(
      (outcome) => outcome.kind !== 'problem' || outcome.reason !== 'gone',
    );
    const passed = outcomes.length - news.length;
    this.counts.known += passed;
    this.unsaved += passed;
    if (news.length === 0 && this.unsaved < savedEvery) return false;
    this.options.database.transaction(() => {
      for (const outcome of news) this.record(outcome);
      this.finish();
    });
    return news.some((outcome) => outcome.kind !== 'problem');
  }

  /** Saves the counts as they stand. */
  finish(): void {
    saveImportCounts(this.options.database, this.options.importId, this.counts);
    this.unsaved = 0;
  }

  /** Such a file costs no write: importing a large folder again should be quick. */
  private isNothingNew(outcome: ImportOutcome): boolean {
    if (outcome.kind !== 'unchanged') return false;
    const { photoId, label } = outcome;
    if (this.readKnown(photoId).missing) return false;
    return label === undefined || this.origins.hasLabel(photoId, label);
  }

  private record(outcome: ImportOutcome): void {
    if (outcome.kind === 'problem') {
      this.problems += 1;
      return saveImportProblem(this.options.database, this.options.importId, outcome);
    }
    const photoId =
      outcome.kind === 'unchanged'
        ? outcome.photoId
        : this.options.photos.idBySha256(outcome.photo.sha256);
    if (photoId !== undefined) this.recordKnown(photoId, outcome);
    else if (outcome.kind === 'read') this.recordNew(outcome);
  }

  private recordNew(outcome: Extract<ImportOutcome, { kind: 'read' }>): void {
    const { photos, importId, now } = this.options;
    const { copied, path, photo } = outcome;
    const photoId = photos.insert({
      ...photo,
      fileName: outcome.fileName ?? basename(path),
      ...(copied ? {} : { sourcePath: path }),
      modifiedMs: outcome.modifiedMs,
      labelId: outcome.label === undefined ? undefined : this.labelId(outcome.label),
      importId,
      importedAt: now().toISOString(),
    });
    if (!copied) this.flagOverwritten(path, photoId);
    this.giveSplit(photoId, outcome);
    if (outcome.excluded) changePhotos(this.options.database, [photoId], () => ({ excluded: 1 }));
    this.remember(photoId, outcome);
    this.counts.added += 1;
  }

  /** A split that came with the label; one that the photo has already stays. */
  private giveSplit(photoId: number, { label, split }: ImportedFile): void {
    if (label === undefined || split === undefined) return;
    changePhotos(this.options.database, [photoId], (state) =>
      state.split === null && state.labelId !== null ? { split } : {},
    );
  }

  private recordKnown(photoId: number, outcome: Exclude<ImportOutcome, { kind: 'problem' }>): void {
    this.counts.known += 1;
    this.bringBack(photoId, outcome);
    if (outcome.label !== undefined && !this.origins.hasLabel(photoId, outcome.label)) {
      this.addLabel(photoId, outcome.label);
      this.giveSplit(photoId, outcome);
    }
    this.remember(photoId, outcome);
  }

  /** The same bytes under a label that they were not seen under before. */
  private addLabel(photoId: number, name: string): void {
    const { database, labels } = this.options;
    const photo = this.readKnown(photoId);
    const current = photo.labelId === null ? undefined : labels.find(photo.labelId)?.name;
    const disputed = photo.conflict ? (JSON.parse(photo.conflict) as string[]) : undefined;
    const others = disputed ?? (current ? [current] : this.origins.labelsOf(photoId));
    if (others.length === 0) {
      changePhotos(database, [photoId], () => ({ labelId: this.labelId(name) }));
      return;
    }
    if (others.some((other) => foldName(other) === foldName(name))) return;
    // Made now, so that the person can choose it.
    this.labelId(name);
    const conflict = JSON.stringify([...others, name]);
    changePhotos(database, [photoId], () => ({ labelId: null, conflict }));
    if (!disputed) this.counts.conflicts += 1;
  }

  /** A photo that was missing has been found, or now has a copy in the project. */
  private bringBack(photoId: number, { path, modifiedMs, copied }: ImportedFile): void {
    const photo = this.readKnown(photoId);
    const { database } = this.options;
    if (copied && (photo.source_path !== null || photo.missing)) {
      database.run(
        'UPDATE photos SET source_path = NULL, source_modified_ms = NULL, missing = 0 WHERE id = ?',
        [photoId],
      );
    } else if (photo.missing) {
      database.run(
        'UPDATE photos SET source_path = ?, source_modified_ms = ?, missing = 0 WHERE id = ?',
        [path, modifiedMs, photoId],
      );
    }
  }

  /** Another photo was referenced by this path: its bytes are no longer there. */
  private flagOverwritten(path: string, photoId: number): void {
    this.options.database.run('UPDATE photos SET missing = 1 WHERE source_path = ? AND id <> ?', [
      path,
      photoId,
    ]);
  }

  private remember(
    photoId: number,
    { origin, label, bytes, modifiedMs, passing }: ImportedFile,
  ): void {
    const lasting = passing ? `upload:${photoId}:${label ?? ''}` : origin;
    this.origins.remember({ path: lasting, photoId, bytes, modifiedMs }, label);
  }

  private labelId(name: string): number {
    const { labels } = this.options;
    const known = labels.findByName(name);
    if (known) return known.id;
    const label = labels.draft(name);
    labels.put(label);
    return label.id;
  }

  private readKnown(photoId: number): KnownPhoto {
    const row = this.options.database.get<KnownPhoto>(
      'SELECT label_id AS labelId, conflict, source_path, missing FROM photos WHERE id = ?',
      [photoId],
    );
    if (!row) throw new Error(`Photo ${photoId} is gone`);
    return row;
  }
}
