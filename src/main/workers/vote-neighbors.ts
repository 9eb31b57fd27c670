import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/api/errors';
import { votingNeighbors } from '../../shared/domain/suggestion';
import { chooseAnswer } from '../engine/curation/choose-answer';
import { chooseVoters } from '../engine/curation/choose-voters';
import { neighborVotes } from '../engine/curation/neighbor-votes';
import type { Rows } from '../engine/curation/rows';
import { answerColumns } from './answer-columns';
import type { TaskImplementation } from './task-context';
import type { TaskInput } from './tasks';
import type { LabeledPhotos } from './tasks/suggestion-tasks';

/** Photos between two looks for a cancel. */
const batchSize = 256;

export const voteNeighbors: TaskImplementation<'vote-neighbors'> = async (input, context) => {
  const { embedding, start, end } = input;
  const { photoIds, dimensions, vectors } = embedding;
  const rows: Rows = { count: photoIds.length, width: dimensions, data: vectors };
  const { labelIds, classes } = classesOf(input);
  const chosen = chooseVoters(classes, input.seed);
  const voters = {
    rows: chosen,
    classes: Int32Array.from(chosen, (row) => classes[row] ?? -1),
    count: labelIds.length,
  };
  if (labelIds.length < 2) return { ...answerColumns([]), voters: 0 };
  const answers: Parameters<typeof answerColumns>[0][number][] = [];
  for (let from = start; from < end; from += batchSize) {
    await nextTurn();
    throwIfCancelled(context.signal);
    const to = Math.min(end, from + batchSize);
    const shares = neighborVotes(rows, voters, { start: from, end: to, k: votingNeighbors });
    for (let row = from; row < to; row += 1) {
      const at = (row - from) * voters.count;
      const answer = chooseAnswer(shares.subarray(at, at + voters.count), labelIds);
      if (answer) answers.push({ photoId: photoIds[row] ?? 0, ...answer });
    }
  }
  return { ...answerColumns(answers), voters: chosen.length };
};

/** The labels that embedded photos have, ascending, and which of them each photo has; -1: none. */
function classesOf({ embedding, labeled }: TaskInput<'vote-neighbors'>) {
  const labels = labelOfEach(embedding.photoIds, labeled);
  const labelIds = [...new Set(labels)].filter((labelId) => labelId > 0).sort((a, b) => a - b);
  const numbers = new Map(labelIds.map((labelId, number) => [labelId, number]));
  const classes = Int32Array.from(labels, (labelId) => numbers.get(labelId) ?? -1);
  return { labelIds, classes };
}

/** 0 for photos without. Both lists ascend, so that one pass does. */
function labelOfEach(photoIds: Uint32Array, labeled: LabeledPhotos): Uint32Array {
  let place = 0;
  return photoIds.map((photoId) => {
    while ((labeled.photoIds[place] ?? photoId) < photoId) place += 1;
    return labeled.photoIds[place] === photoId ? (labeled.labelIds[place] ?? 0) : 0;
  });
}
