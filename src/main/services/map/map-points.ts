import { agreements, type MapState } from '../../../shared/api/map-api';
import type { MethodOutput } from '../../../shared/api/contract';
import { packNumbers } from '../../../shared/domain/packed-numbers';
import { splits } from '../../../shared/domain/split';
import type { Database } from '../../platform/database/database';
import { eachPhotoOf, readMap } from './stored-map';

/** @param backboneHash of the features that are in use now. */
export function readMapState(database: Database, backboneHash: string): MapState {
  const map = readMap(database);
  const layout = map?.layout ?? 0;
  const row = database.get<{ count: number }>(
    `SELECT count(*) AS count FROM photos WHERE excluded = 0 AND NOT EXISTS
       (SELECT 1 FROM photo_map WHERE layout = ? AND photo_id = photos.id)`,
    [layout],
  );
  return {
    layout,
    photos: map?.photos ?? 0,
    notOnIt: row?.count ?? 0,
    outdated: map !== undefined && map.backbone.sha256 !== backboneHash,
    ...(map ? { drawnAt: map.at, backbone: map.backbone.name, neighbors: map.neighbors } : {}),
  };
}

export async function readPoints(database: Database): Promise<MethodOutput<'map.points'>> {
  const { layout = 0, photos = 0 } = readMap(database) ?? {};
  const photoIds = new Uint32Array(photos);
  const positions = new Float32Array(photos * 2);
  await eachPhotoOf<{ photoId: number; x: number; y: number }>(
    database,
    layout,
    { columns: 'x, y' },
    ({ photoId, x, y }, index) => {
      photoIds[index] = photoId;
      positions[index * 2] = x;
      positions[index * 2 + 1] = y;
    },
  );
  return { layout, photoIds: packNumbers(photoIds), positions: packNumbers(positions) };
}

interface FactsRow {
  photoId: number;
  labelId: number | null;
  split: string | null;
  suggested: number | null;
  /** NULL: there is no such photo. */
  excluded: number | null;
}

const columns = `photos.label_id AS labelId, photos.split, photos.excluded,
  (SELECT id FROM labels WHERE id = answers.label_id) AS suggested`;
const joins = `LEFT JOIN photos ON photos.id = map.photo_id
  LEFT JOIN photo_answers AS answers ON answers.photo_id = map.photo_id`;

/** Facts of all photos of the map, or of those asked for in their order. */
export async function readFacts(
  database: Database,
  asked?: readonly number[],
): Promise<MethodOutput<'map.facts'>> {
  const { layout = 0, photos = 0 } = readMap(database) ?? {};
  const doubts = readDoubts(database);
  const facts = emptyFacts(asked?.length ?? photos);
  if (asked) {
    const rows = database.all<FactsRow>(
      `SELECT map.value AS photoId, ${columns}
       FROM (SELECT key, value, value AS photo_id FROM json_each(?)) AS map ${joins}
       ORDER BY map.key`,
      [JSON.stringify(asked)],
    );
    rows.forEach((row, index) => setFacts(facts, index, row, doubts));
  } else {
    await eachPhotoOf<FactsRow>(database, layout, { columns, joins }, (row, index) =>
      setFacts(facts, index, row, doubts),
    );
  }
  return {
    layout,
    labels: packNumbers(facts.labels),
    splits: packNumbers(facts.splits),
    suggestions: packNumbers(facts.suggestions),
    agreements: packNumbers(facts.agreements),
    hidden: packNumbers(facts.hidden),
  };
}

const emptyFacts = (count: number) => ({
  labels: new Uint32Array(count),
  splits: new Uint8Array(count),
  suggestions: new Uint32Array(count),
  agreements: new Uint8Array(count),
  // Until it is read, and if it never is.
  hidden: new Uint8Array(count).fill(1),
});

function setFacts(
  facts: ReturnType<typeof emptyFacts>,
  index: number,
  { photoId, labelId, split, suggested, excluded }: FactsRow,
  doubts: ReadonlyMap<number, number>,
): void {
  // An analysis that doubts a label knows better than nothing; an answer is newer.
  const suggestion = suggested ?? doubts.get(photoId) ?? 0;
  facts.labels[index] = labelId ?? 0;
  facts.splits[index] = splits.findIndex((name) => name === split) + 1;
  facts.suggestions[index] = suggestion;
  facts.agreements[index] = agreementOf(labelId ?? 0, suggestion);
  facts.hidden[index] = excluded === 0 ? 0 : 1;
}

function agreementOf(labelId: number, suggestion: number): number {
  if (labelId === 0 || suggestion === 0) return agreements.unknown;
  return labelId === suggestion ? agreements.agrees : agreements.disagrees;
}

/** Labels that the newest analysis suggests instead of those given. */
function readDoubts(database: Database): Map<number, number> {
  const rows = database.all<{ photoId: number; suggested: number }>(
    `SELECT photo_id AS photoId, suggested_label AS suggested FROM live_issues
     WHERE kind = 'label-error' AND state = 'open' AND suggested_label IS NOT NULL`,
  );
  return new Map(rows.map(({ photoId, suggested }) => [photoId, suggested]));
}
