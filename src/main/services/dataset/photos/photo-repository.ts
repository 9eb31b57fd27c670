import { dirname } from 'node:path';
import { AppError } from '../../../../shared/api/errors';
import type {
  PhotoDetail,
  PhotoFacts,
  PhotoId,
  PhotoSummary,
} from '../../../../shared/domain/photo';
import type { Split } from '../../../../shared/domain/split';
import { blobPath } from '../../../platform/blob-store';
import type { Database } from '../../../platform/database/database';
import type { PhotoSource } from '../../../workers/tasks';

interface SummaryRow {
  id: number;
  file_name: string;
  width: number;
  height: number;
  label_id: number | null;
  split: Split | null;
  excluded: number;
  missing: number;
  conflict: string | null;
  taken_at: string | null;
  suggested_id: number | null;
  probability: number | null;
}

interface DetailRow extends SummaryRow {
  sha256: string;
  source_path: string | null;
  bytes: number;
  format: PhotoFacts['format'];
  perceptual_hash: string;
  sharpness: number;
  brightness: number;
  contrast: number | null;
  edge_colors: string | null;
  camera: string | null;
  imported_at: string;
}

interface SourceRow {
  id: number;
  sha256: string;
  source_path: string | null;
}

/** A photo that an import found, as it goes into the project. */
export interface NewPhoto {
  sha256: string;
  fileName: string;
  /** Absent when the bytes are stored in the project. */
  sourcePath?: string;
  modifiedMs: number;
  bytes: number;
  facts: PhotoFacts;
  labelId: number | undefined;
  importId: string;
  importedAt: string;
}

const suggestionColumns = 'labels.id AS suggested_id, answers.probability';
const summaryColumns = `photos.id, file_name, width, height, photos.label_id, split, excluded,
  missing, conflict, taken_at, ${suggestionColumns}`;
/** An answer may still name a label that is gone. */
const withSuggestions = `photos
  LEFT JOIN photo_answers AS answers
    ON answers.photo_id = photos.id AND photos.label_id IS NULL
  LEFT JOIN labels ON labels.id = answers.label_id`;

/** Reads and adds photos. Labels, splits and flags are changed by edits (`photo-states.ts`). */
export class PhotoRepository {
  constructor(
    private readonly database: Database,
    private readonly blobsFolder: string,
  ) {}

  /** In the order of `ids`; those that do not exist are left out. */
  summaries(ids: readonly PhotoId[]): PhotoSummary[] {
    const rows = this.database.all<SummaryRow>(
      `SELECT ${summaryColumns} FROM ${withSuggestions}
       WHERE photos.id IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(ids)],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id);
      return row ? [toSummary(row)] : [];
    });
  }

  /** @throws AppError 'not-found'. */
  detail(id: PhotoId): PhotoDetail {
    const row = this.database.get<DetailRow>(
      `SELECT photos.*, ${suggestionColumns} FROM ${withSuggestions} WHERE photos.id = ?`,
      [id],
    );
    if (!row) throw photoNotFound();
    return {
      ...toSummary(row),
      sha256: row.sha256,
      bytes: row.bytes,
      facts: {
        format: row.format,
        width: row.width,
        height: row.height,
        perceptualHash: row.perceptual_hash,
        sharpness: row.sharpness,
        brightness: row.brightness,
        ...(row.contrast === null ? {} : { contrast: row.contrast }),
        ...(row.edge_colors === null ? {} : { edgeColors: row.edge_colors }),
        ...(row.taken_at === null ? {} : { takenAt: row.taken_at }),
        ...(row.camera === null ? {} : { camera: row.camera }),
      },
      ...(row.source_path === null ? {} : { folder: dirname(row.source_path) }),
      stored: row.source_path === null,
      importedAt: row.imported_at,
    };
  }

  find(id: PhotoId): (PhotoSource & { missing: boolean; fileName: string }) | undefined {
    const row = this.database.get<SourceRow & { missing: number; file_name: string }>(
      'SELECT id, sha256, source_path, missing, file_name FROM photos WHERE id = ?',
      [id],
    );
    if (!row) return undefined;
    return { ...this.toSource(row), missing: row.missing === 1, fileName: row.file_name };
  }

  /** Those of `ids` that are not missing, in that order. */
  sources(ids: readonly PhotoId[]): PhotoSource[] {
    const rows = this.database.all<SourceRow>(
      `SELECT id, sha256, source_path FROM photos
       WHERE missing = 0 AND id IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(ids)],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id);
      return row ? [this.toSource(row)] : [];
    });
  }

  featureCandidates({ after, limit }: { after: number; limit: number }): PhotoSource[] {
    return this.database
      .all<SourceRow>(
        `SELECT id, sha256, source_path FROM photos
         WHERE id > ? AND excluded = 0 AND missing = 0 ORDER BY id LIMIT ?`,
        [after, limit],
      )
      .map((row) => this.toSource(row));
  }

  countCandidates(): number {
    const row = this.database.get<{ count: number }>(
      'SELECT count(*) AS count FROM photos WHERE excluded = 0 AND missing = 0',
    );
    return row?.count ?? 0;
  }

  idBySha256(sha256: string): PhotoId | undefined {
    return this.database.get<{ id: number }>('SELECT id FROM photos WHERE sha256 = ?', [sha256])
      ?.id;
  }

  insert(photo: NewPhoto): PhotoId {
    const { facts } = photo;
    const stored = photo.sourcePath === undefined;
    return this.database.run(
      `INSERT INTO photos (
         sha256, file_name, source_path, source_modified_ms, bytes, format, width, height,
         perceptual_hash, sharpness, brightness, contrast, edge_colors, taken_at, camera, label_id,
         import_id, imported_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        photo.sha256,
        photo.fileName,
        photo.sourcePath ?? null,
        stored ? null : photo.modifiedMs,
        photo.bytes,
        facts.format,
        facts.width,
        facts.height,
        facts.perceptualHash,
        facts.sharpness,
        facts.brightness,
        facts.contrast ?? null,
        facts.edgeColors ?? null,
        facts.takenAt ?? null,
        facts.camera ?? null,
        photo.labelId ?? null,
        photo.importId,
        photo.importedAt,
      ],
    ).lastId;
  }

  private toSource({ id, sha256, source_path }: SourceRow): PhotoSource {
    return { photoId: id, sha256, path: source_path ?? blobPath(this.blobsFolder, sha256) };
  }
}

export function photoNotFound(): AppError {
  return new AppError('not-found', 'There is no such photo in the project.');
}

/** A split means nothing without a label: it is kept for later, but not shown. */
function toSummary(row: SummaryRow): PhotoSummary {
  return {
    id: row.id,
    fileName: row.file_name,
    width: row.width,
    height: row.height,
    ...(row.label_id === null ? {} : { labelId: row.label_id }),
    ...(row.split === null || row.label_id === null ? {} : { split: row.split }),
    excluded: row.excluded === 1,
    missing: row.missing === 1,
    ...(row.conflict === null ? {} : { conflict: JSON.parse(row.conflict) as string[] }),
    ...(row.taken_at === null ? {} : { takenAt: row.taken_at }),
    ...(row.suggested_id === null || row.probability === null
      ? {}
      : { suggestion: { labelId: row.suggested_id, probability: row.probability } }),
  };
}
