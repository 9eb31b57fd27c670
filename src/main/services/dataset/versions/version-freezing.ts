import { createHash } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { z } from 'zod';
import { AppError } from '../../../../shared/api/errors';
import type {
  DatasetVersion,
  VersionContent,
  VersionPhoto,
} from '../../../../shared/domain/dataset-version';
import { type LabelId, labelIdSchema } from '../../../../shared/domain/label';
import { type Split, splits } from '../../../../shared/domain/split';
import type { Database } from '../../../platform/database/database';
import type { LabelRepository } from '../label-repository';
import { matchLabels } from './match-labels';
import { countPhotos } from './version-list';

interface VersionRow {
  id: string;
  created_at: string;
  labels: string;
  label_ids: string | null;
  content_hash: string;
  photos: Uint8Array;
}

const storedPhotosSchema = z.array(z.tuple([z.int(), z.string(), z.int(), z.int()]));

/** Frozen versions are asked for by every later step of a model's life; these stay unpacked. */
const keptInMemory = 3;

export class VersionRepository {
  private readonly unpacked = new Map<string, DatasetVersion>();

  constructor(
    private readonly database: Database,
    private readonly labels: LabelRepository,
    private readonly now: () => Date,
    /** Called when there is a new one. */
    private readonly onAdded: () => void,
  ) {}

  /**
   * Freezes what can be trained on: photos with a label and a split, neither excluded nor missing
   * nor in conflict. Equal content gives the version that is there.
   * @throws AppError 'not-ready' when there is no such photo.
   */
  freeze(): DatasetVersion {
    const content = this.preview();
    const { labels, photos } = content;
    if (photos.length === 0) {
      throw new AppError(
        'not-ready',
        'No photo has a label yet.',
        'Import folders named after what their photos show, or label photos by hand.',
      );
    }
    const contentHash = hashContent(labels, photos);
    return this.database.transaction(() => {
      const known = this.database.get<{ id: string }>(
        'SELECT id FROM dataset_versions WHERE content_hash = ?',
        [contentHash],
      );
      return known ? this.get(known.id) : this.add(content, contentHash);
    });
  }

  /** @throws AppError 'not-found'. */
  get(id: string): DatasetVersion {
    const version = this.unpacked.get(id) ?? this.read(id);
    this.keep(version);
    return version;
  }

  /**
   * What the labels of a version are now, in its order; undefined for one that is gone.
   * @throws AppError 'not-found'.
   */
  labelIdsNow(id: string): (LabelId | undefined)[] {
    // Its photos are not unpacked for that.
    const row = this.database.get<Pick<VersionRow, 'labels' | 'label_ids'>>(
      'SELECT labels, label_ids FROM dataset_versions WHERE id = ?',
      [id],
    );
    if (!row) throw versionNotFound(id);
    const now = this.labels.all();
    const matches = matchLabels(readLabels(row), {
      labels: now.map((label) => label.name),
      labelIds: now.map((label) => label.id),
    });
    return matches.map((place) => (place === undefined ? undefined : now[place]?.id));
  }

  count(): number {
    const sql = 'SELECT count(*) AS count FROM dataset_versions';
    return this.database.get<{ count: number }>(sql)?.count ?? 0;
  }

  /** What would be frozen now. */
  preview(): VersionContent {
    const rows = this.database.all<{
      photoId: number;
      sha256: string;
      labelId: number;
      split: Split;
    }>(
      `SELECT id AS photoId, sha256, label_id AS labelId, split FROM photos
       WHERE label_id IS NOT NULL AND split IS NOT NULL
         AND excluded = 0 AND missing = 0 AND conflict IS NULL
       ORDER BY id`,
    );
    const used = new Set(rows.map((row) => row.labelId));
    const labels = this.labels.all().filter((label) => used.has(label.id));
    const indices = new Map(labels.map((label, index) => [label.id, index]));
    const photos = rows.map(({ photoId, sha256, labelId, split }) => ({
      photoId,
      sha256,
      labelIndex: indices.get(labelId) ?? 0,
      split,
    }));
    return {
      labels: labels.map((label) => label.name),
      labelIds: labels.map((label) => label.id),
      photos,
    };
  }

  private add(content: VersionContent, contentHash: string): DatasetVersion {
    const { labels, labelIds, photos } = content;
    const version: DatasetVersion = {
      id: `version-${this.count() + 1}`,
      createdAt: this.now().toISOString(),
      ...content,
      contentHash,
    };
    const rows = photos.map((photo) => [
      photo.photoId,
      photo.sha256,
      photo.labelIndex,
      splits.indexOf(photo.split),
    ]);
    this.database.run(
      `INSERT INTO dataset_versions
         (id, created_at, labels, label_ids, counts, content_hash, photos)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        version.id,
        version.createdAt,
        JSON.stringify(labels),
        JSON.stringify(labelIds),
        JSON.stringify(countPhotos(content)),
        contentHash,
        deflateSync(JSON.stringify(rows)),
      ],
    );
    this.keep(version);
    this.onAdded();
    return version;
  }

  private read(id: string): DatasetVersion {
    const row = this.database.get<VersionRow>('SELECT * FROM dataset_versions WHERE id = ?', [id]);
    if (!row) throw versionNotFound(id);
    const stored = storedPhotosSchema.parse(JSON.parse(inflateSync(row.photos).toString('utf8')));
    return {
      id: row.id,
      createdAt: row.created_at,
      ...readLabels(row),
      contentHash: row.content_hash,
      photos: stored.map(([photoId, sha256, labelIndex, splitIndex]) => ({
        photoId,
        sha256,
        labelIndex,
        split: splits[splitIndex] ?? 'train',
      })),
    };
  }

  private keep(version: DatasetVersion): void {
    this.unpacked.delete(version.id);
    this.unpacked.set(version.id, version);
    const [oldest] = this.unpacked.keys();
    if (this.unpacked.size > keptInMemory && oldest) this.unpacked.delete(oldest);
  }
}

function readLabels({ labels, label_ids: ids }: Pick<VersionRow, 'labels' | 'label_ids'>) {
  return {
    labels: z.array(z.string()).parse(JSON.parse(labels)),
    ...(ids !== null && { labelIds: z.array(labelIdSchema).parse(JSON.parse(ids)) }),
  };
}

const versionNotFound = (id: string): AppError =>
  new AppError('not-found', `There is no dataset version ${id}.`);

/** Ids of photos are left out: they say in which order photos came, not what was trained on. */
function hashContent(labels: readonly string[], photos: readonly VersionPhoto[]): string {
  const lines = photos.map((photo) => `${photo.sha256} ${photo.labelIndex} ${photo.split}`).sort();
  return createHash('sha256')
    .update(JSON.stringify([labels, lines]))
    .digest('hex');
}
