import type { Answer } from '../engine/curation/choose-answer';
import type { PhotoAnswers } from './tasks/suggestion-tasks';

/** Answers as they leave a worker: one typed array a column. */
export function answerColumns(rows: readonly (Answer & { photoId: number })[]): PhotoAnswers {
  return {
    photoIds: Uint32Array.from(rows, ({ photoId }) => photoId),
    labelIds: Uint32Array.from(rows, ({ labelId }) => labelId),
    probabilities: Float32Array.from(rows, ({ probability }) => probability),
    uncertainties: Float32Array.from(rows, ({ uncertainty }) => uncertainty),
  };
}
