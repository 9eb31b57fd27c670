import { digestComparisons } from './digest-comparisons';

/**
 * The schema of `project.sqlite`. A step that is on the main branch is never edited, because projects
 * are there that took it: add another. `PRAGMA user_version` counts the steps applied.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE labels (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    color TEXT NOT NULL,
    position INTEGER NOT NULL
  );

  CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    started_at TEXT NOT NULL,
    added INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0,
    conflicts INTEGER NOT NULL DEFAULT 0,
    ignored INTEGER NOT NULL DEFAULT 0
  );

  CREATE TABLE import_problems (
    import_id TEXT NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL
  );
  CREATE INDEX import_problems_by_import ON import_problems(import_id);

  CREATE TABLE photos (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    file_name TEXT NOT NULL,
    -- Absolute path of the referenced file; NULL when the bytes are stored in blobs/.
    source_path TEXT,
    source_modified_ms REAL,
    bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    perceptual_hash TEXT NOT NULL,
    sharpness REAL NOT NULL,
    brightness REAL NOT NULL,
    taken_at TEXT,
    camera TEXT,
    label_id INTEGER REFERENCES labels(id),
    split TEXT CHECK (split IN ('train', 'validation', 'test')),
    excluded INTEGER NOT NULL DEFAULT 0,
    missing INTEGER NOT NULL DEFAULT 0,
    -- JSON array of label names while the same bytes came under several; NULL otherwise.
    conflict TEXT,
    import_id TEXT NOT NULL REFERENCES imports(id),
    imported_at TEXT NOT NULL
  );
  CREATE INDEX photos_by_label ON photos(label_id, id);
  CREATE INDEX photos_by_split ON photos(split, id, label_id);
  -- One a list order, with what is filtered by most and changed least: a window far down the list
  -- is found without reading the rows above it, and labeling does not rewrite these.
  CREATE INDEX photos_by_id ON photos(id, excluded);
  CREATE INDEX photos_by_name ON photos(file_name COLLATE NOCASE, id, excluded);
  CREATE INDEX photos_by_sharpness ON photos(sharpness, id, excluded);
  -- For counts, and filters by label.
  CREATE INDEX photos_overview ON photos(label_id, split, excluded, missing, conflict, id);

  -- Where each photo's bytes were seen and which label that place stood for ('' for none). An
  -- import skips what it finds here unchanged, and a label seen before raises no conflict again.
  CREATE TABLE photo_origins (
    path TEXT PRIMARY KEY,
    photo_id INTEGER NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    modified_ms REAL NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX photo_origins_by_photo ON photo_origins(photo_id);

  CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    description TEXT NOT NULL,
    -- JSON: rows before and after the edit.
    patch TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL
  );

  CREATE TABLE dataset_versions (
    id TEXT PRIMARY KEY,
    created_at TEXT NOT NULL,
    labels TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    -- JSON rows [photoId, sha256, labelIndex, splitIndex], deflated.
    photos BLOB NOT NULL
  );
  CREATE INDEX dataset_versions_by_hash ON dataset_versions(content_hash);

  CREATE TABLE models (
    id TEXT PRIMARY KEY,
    created_at TEXT NOT NULL,
    parent_id TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    -- The Model record of shared/domain/model.ts as JSON.
    record TEXT NOT NULL
  );

  CREATE TABLE comparisons (
    id TEXT PRIMARY KEY,
    created_at TEXT NOT NULL,
    -- The Comparison record of shared/domain/comparison.ts as JSON.
    record TEXT NOT NULL
  );

  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    dismissed INTEGER NOT NULL DEFAULT 0,
    -- What the job was started with, as JSON: resuming starts it with the same.
    parameters TEXT NOT NULL,
    -- The Job record of shared/domain/job.ts as JSON.
    record TEXT NOT NULL
  );
  `,
  `
  -- As in PhotoFacts; NULL for photos from before they were measured.
  ALTER TABLE photos ADD COLUMN contrast REAL;
  ALTER TABLE photos ADD COLUMN edge_colors TEXT;

  -- The key that a person bound the label to; NULL: its place in the list decides.
  ALTER TABLE labels ADD COLUMN hot_key TEXT;

  CREATE INDEX photos_by_taken ON photos(taken_at, id, excluded);
  CREATE INDEX photos_by_import ON photos(import_id, id);

  ALTER TABLE dataset_versions ADD COLUMN note TEXT NOT NULL DEFAULT '';
  -- JSON, in the order of its labels: their ids, and rows [train, validation, test] of how many
  -- photos each has. NULL for versions from before these were kept.
  ALTER TABLE dataset_versions ADD COLUMN label_ids TEXT;
  ALTER TABLE dataset_versions ADD COLUMN counts TEXT;

  -- What the studio would call each photo: by the newest model or, before any, by its neighbors.
  CREATE TABLE stored_answers (
    -- Only those of the run that settings name count.
    run INTEGER NOT NULL,
    photo_id INTEGER NOT NULL,
    label_id INTEGER NOT NULL,
    -- 0..1.
    probability REAL NOT NULL,
    -- 1 minus the lead over the second label, 0..1.
    uncertainty REAL NOT NULL,
    PRIMARY KEY (run, photo_id)
  ) WITHOUT ROWID;
  CREATE VIEW photo_answers AS
  SELECT photo_id, label_id, probability, uncertainty FROM stored_answers
  WHERE run = (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'suggestions.run');

  -- What the newest analysis found out about each photo.
  CREATE TABLE photo_analysis (
    photo_id INTEGER PRIMARY KEY REFERENCES photos(id) ON DELETE CASCADE,
    -- Group of similar photos, larger groups first, from 0.
    cluster INTEGER,
    -- Smallest photo id of its group of near duplicates; NULL when it is alone.
    duplicate_group INTEGER,
    -- Probability of its label by a classifier that was trained without it; NULL without a label.
    label_confidence REAL,
    -- 0..1, 1: as far from every class as it gets.
    outlier REAL
  );
  CREATE INDEX photo_analysis_by_cluster ON photo_analysis(cluster, photo_id);
  CREATE INDEX photo_analysis_by_confidence ON photo_analysis(label_confidence, photo_id);
  CREATE INDEX photo_analysis_by_group ON photo_analysis(duplicate_group, photo_id);

  -- Photos that must not straddle the splits: near duplicates and bursts, by what imports and the
  -- newest analysis know. A group is called by one of its photos.
  CREATE TABLE split_groups (
    photo_id INTEGER PRIMARY KEY REFERENCES photos(id) ON DELETE CASCADE,
    group_id INTEGER NOT NULL
  );
  CREATE INDEX split_groups_by_group ON split_groups(group_id, photo_id);

  CREATE TABLE issues (
    id INTEGER PRIMARY KEY,
    -- Which analysis found it; only those of the one that settings name count.
    analysis INTEGER NOT NULL,
    -- See shared/domain/issue.ts.
    kind TEXT NOT NULL,
    photo_id INTEGER NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
    -- Photos of one finding (a group of duplicates) share it; NULL when it concerns one photo.
    group_id INTEGER,
    -- Larger is worse, within a kind.
    score REAL NOT NULL,
    -- The photo's label then, 0 for none.
    label_id INTEGER NOT NULL,
    suggested_label INTEGER,
    -- What else the kind says, as JSON.
    detail TEXT NOT NULL
  );
  CREATE INDEX issues_by_kind ON issues(analysis, kind, score DESC, group_id, photo_id);
  CREATE INDEX issues_by_photo ON issues(photo_id, kind);

  -- What a person decided about a kind of issue of a photo; outlives analyses.
  CREATE TABLE issue_decisions (
    kind TEXT NOT NULL,
    photo_id INTEGER NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
    decision TEXT NOT NULL CHECK (decision IN ('kept', 'ignored')),
    -- The photo's label then, 0 for none: what is kept is kept until that changes.
    label_id INTEGER NOT NULL,
    PRIMARY KEY (kind, photo_id)
  ) WITHOUT ROWID;

  -- Issues of the newest analysis as they stand now: of photos that are not left out, wrong labels
  -- while they are still given, groups while more than one photo is left.
  CREATE VIEW live_issues AS
  WITH standing AS (
    SELECT issues.id, issues.kind, issues.photo_id, issues.group_id, issues.score,
      issues.suggested_label, issues.detail, iif(photos.label_id IS NULL, NULL, split) AS split,
      CASE
        WHEN decision IS NULL THEN 'open'
        WHEN decision = 'kept' AND decisions.label_id <> coalesce(photos.label_id, 0) THEN 'open'
        ELSE decision
      END AS state
    FROM issues
    JOIN photos ON photos.id = issues.photo_id
    LEFT JOIN issue_decisions AS decisions
      ON decisions.kind = issues.kind AND decisions.photo_id = issues.photo_id
    WHERE analysis = (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'issues.analysis')
      AND excluded = 0
      AND (issues.kind <> 'label-error' OR coalesce(photos.label_id, 0) = issues.label_id)
  ), counted AS (
    SELECT *, count(*) OVER members AS members,
      min(split) OVER members AS first_split, max(split) OVER members AS last_split
    FROM standing WINDOW members AS (PARTITION BY kind, group_id, state)
  )
  SELECT id, kind, photo_id, group_id, score, suggested_label, detail, state FROM counted
  WHERE group_id IS NULL OR (members > 1 AND (kind <> 'leak' OR first_split <> last_split));

  -- Where photos lie on the map, -1..1; only the layout that settings name counts.
  CREATE TABLE photo_map (
    layout INTEGER NOT NULL,
    photo_id INTEGER NOT NULL,
    x REAL NOT NULL,
    y REAL NOT NULL,
    PRIMARY KEY (layout, photo_id)
  ) WITHOUT ROWID;

  -- What went to which phone, as records of shared/domain/deployment.ts: push-<id>.
  CREATE TABLE deployments (
    id INTEGER PRIMARY KEY,
    record TEXT NOT NULL
  );

  -- History once had a place of its own for one setting.
  UPDATE history SET patch = json_set(
    json_remove(patch, '$.splitting'),
    '$.settings', json_array(json_object(
      'key', 'dataset.split',
      -- Joined to a text, or it would go in as an object.
      'before', json_extract(patch, '$.splitting.before') || '',
      'after', json_extract(patch, '$.splitting.after') || '')))
  WHERE json_extract(patch, '$.splitting') IS NOT NULL;
  `,
  `
  -- For a few hours of development these were made by the step before.
  -- What phones answered to test photos, as records of shared/domain/phone-measurement.ts: measurement-<id>.
  CREATE TABLE IF NOT EXISTS phone_measurements (
    id INTEGER PRIMARY KEY,
    record TEXT NOT NULL
  );

  -- Photos that people corrected or collected on phones, and what came of them: correction-<id>.
  CREATE TABLE IF NOT EXISTS corrections (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('new', 'accepted', 'dismissed')),
    sha256 TEXT NOT NULL,
    device_id TEXT NOT NULL,
    -- What the person said, '' for only that the answer is wrong.
    said TEXT NOT NULL,
    -- The CorrectionRecord of shared/domain/correction.ts as JSON.
    record TEXT NOT NULL,
    -- The same photo with the same words comes once, however often a phone sends it.
    UNIQUE (sha256, device_id, said)
  );
  CREATE INDEX IF NOT EXISTS corrections_by_state ON corrections(state, id);
`,
  `
  -- When somebody decided about a correction, as ISO text in UTC: dismissed ones are forgotten after a while.
  -- Those of before count from now on.
  ALTER TABLE corrections ADD COLUMN decided_at TEXT;
  UPDATE corrections SET decided_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE state <> 'new';
`,
  digestComparisons,
];
