import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/api/errors';
import { chooseAnswer } from '../engine/curation/choose-answer';
import { applyHead as answersOf } from '../engine/graph/apply-head';
import { answerColumns } from './answer-columns';
import { createFeatureCache } from './feature-cache';
import type { TaskImplementation } from './task-context';

/** Photos between two looks for a cancel. */
const batchSize = 256;

/** Far cheaper than the model: features are there, and the head is a few thousand products. */
export const applyHead: TaskImplementation<'apply-head'> = async (input, context) => {
  const { head, labelIds, photos, backbone, recipe, cacheFile } = input;
  const features = createFeatureCache(context.cache(cacheFile), backbone, recipe);
  const rows: Parameters<typeof answerColumns>[0][number][] = [];
  for (const [index, { photoId, sha256 }] of photos.entries()) {
    if (index % batchSize === 0) await nextTurn();
    throwIfCancelled(context.signal);
    const found = features.get(sha256, false);
    const answer = found && chooseAnswer(answersOf(head, found), labelIds);
    if (answer) rows.push({ photoId, ...answer });
  }
  return answerColumns(rows);
};
