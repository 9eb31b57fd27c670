import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../shared/api/errors';
import { studioCamera } from '../../../shared/domain/photo';
import { splits } from '../../../shared/domain/split';
import type { Database } from '../../platform/database/database';
import type { AnalysisFacts } from '../../workers/tasks';
import { readFingerprint } from './fingerprint';

interface FactsRow {
  id: number;
  label_id: number | null;
  split: string | null;
  perceptual_hash: string;
  width: number;
  height: number;
  bytes: number;
  sharpness: number;
  brightness: number;
  contrast: number | null;
  taken_at: string | null;
  edge_colors: string | null;
  camera: string | null;
}

/** Rows read at a time: the window is not to be kept waiting. */
const pageSize = 2000;
const edgeParts = 12;

export interface ReadFacts {
  facts: AnalysisFacts;
  /** By class. */
  labelIds: number[];
  /** Of the data set when reading began: what is edited from then on may be missing. */
  fingerprint: string;
}

/** Facts of all photos that are not left out, in the order of their ids. */
export async function readAnalysisFacts(
  database: Database,
  signal: AbortSignal,
): Promise<ReadFacts> {
  const fingerprint = readFingerprint(database);
  const count = countPhotos(database);
  const labelIds = database
    .all<{ id: number }>('SELECT id FROM labels ORDER BY position, id')
    .map(({ id }) => id);
  const classes = new Map(labelIds.map((id, index) => [id, index]));
  const cameras = new Map<string, number>();
  const facts = emptyFacts(count);
  let row = 0;
  for (let after = 0; row < count; ) {
    const page = database.all<FactsRow>(
      `SELECT id, label_id, split, perceptual_hash, width, height, bytes, sharpness, brightness,
         contrast, taken_at, edge_colors, camera
       FROM photos WHERE excluded = 0 AND id > ? ORDER BY id LIMIT ?`,
      [after, Math.min(pageSize, count - row)],
    );
    if (page.length === 0) break;
    for (const photo of page) {
      setFacts(facts, row, photo, classes, cameras);
      row += 1;
    }
    after = page.at(-1)?.id ?? after;
    await nextTurn();
    throwIfCancelled(signal);
  }
  const whole = {
    ...(row === count ? facts : cut(facts, row)),
    studioCamera: cameras.get(studioCamera),
  };
  return { facts: whole, labelIds, fingerprint };
}

function countPhotos(database: Database): number {
  const sql = 'SELECT count(*) AS count FROM photos WHERE excluded = 0';
  return database.get<{ count: number }>(sql)?.count ?? 0;
}

function setFacts(
  facts: AnalysisFacts,
  row: number,
  photo: FactsRow,
  classes: ReadonlyMap<number, number>,
  cameras: Map<string, number>,
): void {
  facts.photoIds[row] = photo.id;
  facts.labels[row] = photo.label_id === null ? -1 : (classes.get(photo.label_id) ?? -1);
  facts.splits[row] = splits.findIndex((split) => split === photo.split);
  facts.hashes.high[row] = Number.parseInt(photo.perceptual_hash.slice(0, 8), 16);
  facts.hashes.low[row] = Number.parseInt(photo.perceptual_hash.slice(8), 16);
  facts.width[row] = photo.width;
  facts.height[row] = photo.height;
  facts.bytes[row] = photo.bytes;
  facts.sharpness[row] = photo.sharpness;
  facts.brightness[row] = photo.brightness;
  facts.contrast[row] = photo.contrast ?? Number.NaN;
  facts.takenAt[row] =
    photo.taken_at === null ? Number.NaN : Date.parse(`${photo.taken_at}Z`) / 1000;
  for (let part = 0; part < edgeParts; part += 1) {
    const digits = photo.edge_colors?.slice(part * 2, part * 2 + 2);
    facts.edgeColors[row * edgeParts + part] = digits ? Number.parseInt(digits, 16) : Number.NaN;
  }
  facts.camera[row] = photo.camera === null ? -1 : numberOf(photo.camera, cameras);
}

function numberOf(name: string, numbers: Map<string, number>): number {
  const number = numbers.get(name) ?? numbers.size;
  numbers.set(name, number);
  return number;
}

function emptyFacts(count: number): AnalysisFacts {
  return {
    photoIds: new Uint32Array(count),
    labels: new Int32Array(count),
    splits: new Int32Array(count),
    hashes: { high: new Uint32Array(count), low: new Uint32Array(count) },
    width: new Float64Array(count),
    height: new Float64Array(count),
    bytes: new Float64Array(count),
    sharpness: new Float64Array(count),
    brightness: new Float64Array(count),
    contrast: new Float64Array(count),
    takenAt: new Float64Array(count),
    edgeColors: new Float64Array(count * edgeParts),
    camera: new Int32Array(count),
  };
}

/** Photos were left out while the rows were read. */
function cut(facts: AnalysisFacts, count: number): AnalysisFacts {
  const { photoIds, labels, splits: splitNumbers, hashes, camera, edgeColors, ...amounts } = facts;
  const { width, height, bytes, sharpness, brightness, contrast, takenAt } = amounts;
  return {
    photoIds: photoIds.slice(0, count),
    labels: labels.slice(0, count),
    splits: splitNumbers.slice(0, count),
    hashes: { high: hashes.high.slice(0, count), low: hashes.low.slice(0, count) },
    width: width.slice(0, count),
    height: height.slice(0, count),
    bytes: bytes.slice(0, count),
    sharpness: sharpness.slice(0, count),
    brightness: brightness.slice(0, count),
    contrast: contrast.slice(0, count),
    takenAt: takenAt.slice(0, count),
    edgeColors: edgeColors.slice(0, count * edgeParts),
    camera: camera.slice(0, count),
  };
}
