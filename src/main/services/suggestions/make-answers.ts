import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../shared/api/errors';
import { backboneRecipe } from '../../../shared/domain/backbone';
import type { SuggestionSource } from '../../../shared/domain/suggestion-source';
import { featureKey, featureSpace } from '../../platform/cache-kinds';
import type { Database } from '../../platform/database/database';
import type { LabeledPhotos } from '../../workers/tasks/suggestion-tasks';
import type { Similarity } from '../ports';
import { type AnswerPlan, labeledPhotos, type PlanParts } from './plan-answers';
import { beginRun, finishRun, putAnswers, readStored } from './stored-answers';

export interface AnswerParts extends PlanParts {
  similarity: Similarity;
}

/** Photos a task: other tasks get a turn in between, and as many rows are written at a time. */
const pageSize = 4000;
/** Unanswered photos that are looked at for features; those are computed in the order of ids. */
const lookedAt = 2000;
const seed = 1;

interface PhotoRow {
  photoId: number;
  sha256: string;
}

/** Whether the answers that are stored are what this plan would give now. */
export function isAnswered({ context }: AnswerParts, plan: AnswerPlan): boolean {
  const { database, cache } = context;
  if (readStored(database)?.key !== plan.key) return false;
  if (plan.kind === 'none') return true;
  const space = featureSpace(plan.backbone.sha256, backboneRecipe(plan.backbone), false);
  const keys = unanswered(database, 0, lookedAt).map(({ sha256 }) => featureKey(sha256, space));
  return cache.missing('features', keys).length === keys.length;
}

/**
 * Works out what all photos would be called, in workers, and stores it. Where only photos have come
 * since a model was asked, only they are answered.
 * @throws AppError 'cancelled', 'model-unreadable', 'model-unsupported'.
 */
export async function makeAnswers(
  parts: AnswerParts,
  plan: AnswerPlan,
  signal: AbortSignal,
): Promise<void> {
  const { database } = parts.context;
  const stored = readStored(database);
  const goesOn = plan.kind === 'model' && stored?.key === plan.key;
  const run = goesOn ? stored.run : beginRun(database);
  const source = await answer(parts, plan, { run, goesOn, signal });
  throwIfCancelled(signal);
  await finishRun(database, { run, key: plan.key, source });
}

interface Run {
  run: number;
  goesOn: boolean;
  signal: AbortSignal;
}

async function answer(parts: AnswerParts, plan: AnswerPlan, run: Run): Promise<SuggestionSource> {
  if (plan.kind === 'none') return { kind: 'none', reason: 'labels' };
  return plan.kind === 'model' ? askModel(parts, plan, run) : askNeighbors(parts, run);
}

async function askModel(
  { context, models }: AnswerParts,
  { model, labelIds, backbone }: AnswerPlan & { kind: 'model' },
  { run, goesOn, signal }: Run,
): Promise<SuggestionSource> {
  const { database, workers, cacheFile } = context;
  const options = { signal, priority: 'background' } as const;
  const modelFile = models.file(model);
  const { featureWidth } = backbone;
  const head = await workers.run('read-head', { modelFile, featureWidth }, options);
  const asked = {
    head,
    labelIds: labelIds.map((labelId) => labelId ?? 0),
    backbone,
    recipe: backboneRecipe(backbone),
    cacheFile,
  };
  const next = goesOn ? unanswered : allPhotos;
  for (let after = 0; ; ) {
    const photos = next(database, after, pageSize);
    const last = photos.at(-1);
    if (!last) break;
    after = last.photoId;
    const answers = await workers.run('apply-head', { ...asked, photos }, options);
    throwIfCancelled(signal);
    putAnswers(database, run, answers);
  }
  return { kind: 'model', modelId: model.id, name: model.name };
}

async function askNeighbors(
  { context, similarity }: AnswerParts,
  { run, signal }: Run,
): Promise<SuggestionSource> {
  const { database, workers } = context;
  const labeled = readLabeled(database);
  await nextTurn();
  const embedding = await similarity.embedding({ signal, priority: 'background' });
  let voters = 0;
  for (let start = 0; start < embedding.photoIds.length; start += pageSize) {
    const end = Math.min(embedding.photoIds.length, start + pageSize);
    const input = { embedding, labeled, start, end, seed };
    const options = { signal, priority: 'background' } as const;
    const answers = await workers.run('vote-neighbors', input, options);
    throwIfCancelled(signal);
    ({ voters } = answers);
    if (voters === 0) break;
    putAnswers(database, run, answers);
  }
  return voters === 0
    ? { kind: 'none', reason: 'features' }
    : { kind: 'neighbors', labeled: voters };
}

/** As two texts: several times faster than a row object a photo. */
function readLabeled(database: Database): LabeledPhotos {
  const row = database.get<{ ids: string | null; labels: string | null }>(
    `SELECT group_concat(id) AS ids, group_concat(label_id) AS labels
     FROM (SELECT id, label_id FROM photos WHERE ${labeledPhotos} ORDER BY id)`,
  );
  const numbers = (text: string | null | undefined) =>
    Uint32Array.from(JSON.parse(`[${text ?? ''}]`) as number[]);
  return { photoIds: numbers(row?.ids), labelIds: numbers(row?.labels) };
}

const allPhotos = (database: Database, after: number, limit: number): PhotoRow[] =>
  database
    .all<PhotoRow>('SELECT id AS photoId, sha256 FROM photos WHERE id > ? ORDER BY id LIMIT ?', [
      after,
      limit,
    ])
    .map((row) => ({ ...row }));

const unanswered = (database: Database, after: number, limit: number): PhotoRow[] =>
  database
    .all<PhotoRow>(
      `SELECT id AS photoId, sha256 FROM photos
       WHERE id > ? AND NOT EXISTS (SELECT 1 FROM photo_answers WHERE photo_id = photos.id)
       ORDER BY id LIMIT ?`,
      [after, limit],
    )
    .map((row) => ({ ...row }));
