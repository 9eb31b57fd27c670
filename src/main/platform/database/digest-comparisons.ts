/** The step of `migrations` that takes out of comparisons what lists and charts tell of them. */
export const digestComparisons = `
  -- What lists and charts tell of comparisons, whose answers are megabytes that are not to be read for it.
  CREATE TABLE comparison_digests (
    id TEXT PRIMARY KEY REFERENCES comparisons(id) ON DELETE CASCADE,
    -- The ComparisonDigest of services/evaluation/comparison-digest.ts as JSON.
    digest TEXT NOT NULL,
    -- Ids of the photos in ascending order, joined by commas.
    photos TEXT NOT NULL
  );
  INSERT INTO comparison_digests (id, digest, photos)
  SELECT id,
    json_object(
      'id', id,
      'createdAt', created_at,
      'split', json_extract(record, '$.split'),
      'generated', json(iif(json_extract(record, '$.generated'), 'true', 'false')),
      'verdict', json_extract(record, '$.verdict'),
      'note', coalesce(json_extract(record, '$.note'), ''),
      'models', (SELECT json_group_array(json_remove(model.value, '$.classes', '$.confusion'))
                 FROM json_each(record, '$.models') AS model)),
    coalesce(
      (SELECT group_concat(answer.id) FROM (
         SELECT json_extract(value, '$.photoId') AS id FROM json_each(comparisons.record, '$.answers')
         ORDER BY id) AS answer),
      '')
  FROM comparisons ORDER BY rowid;
`;
