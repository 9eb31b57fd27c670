import type { Flip, PhotoAnswer } from '@shared/domain/comparison';
import { answerOf } from '@shared/domain/comparison-math';

/** One photo as both models answered it. */
export interface PhotoChange extends Pick<Flip, 'photoId' | 'truth' | 'first' | 'second'> {
  /** Absent when both gave the same answer. */
  kind?: Flip['kind'];
  /** Probability of the truth, first minus second. */
  lostConfidence: number;
}

export const flipKinds = ['lost', 'gained', 'both-wrong'] as const;

/** Flips of a kind, or all of them; those that cost most confidence first. */
export function flipsOfKind(flips: readonly Flip[], kind: Flip['kind'] | 'all'): Flip[] {
  return flips
    .filter((flip) => kind === 'all' || flip.kind === kind)
    .sort((a, b) => b.lostConfidence - a.lostConfidence || a.photoId - b.photoId);
}

/** The photos whose probability of the truth moved most, either way. */
export function largestShifts(
  answers: readonly PhotoAnswer[],
  secondIndex: number,
  count: number,
): PhotoChange[] {
  return answers
    .map((photo) => photoChange(photo, secondIndex))
    .sort((a, b) => Math.abs(b.lostConfidence) - Math.abs(a.lostConfidence))
    .slice(0, count);
}

/** Photos that a model has wrong before those that both have right; then what was least sure of the truth. */
export function wrongFirst(answers: readonly PhotoAnswer[], secondIndex: number): PhotoChange[] {
  const sureness = ({ truth, probabilities }: PhotoAnswer) =>
    Math.min(probabilities[0]?.[truth] ?? 0, probabilities[secondIndex]?.[truth] ?? 0);
  return answers
    .map((answer) => {
      const change = photoChange(answer, secondIndex);
      const { first, second, truth } = change;
      const wrong = Number(first.answer !== truth) + Number(second.answer !== truth);
      return { change, wrong, sure: sureness(answer) };
    })
    .sort((a, b) => b.wrong - a.wrong || a.sure - b.sure)
    .map(({ change }) => change);
}

/** A cell of a confusion matrix. */
export interface Cell {
  truth: number;
  answer: number;
}

/** The photos in a cell of model `modelIndex`'s matrix, held against the other model's answer. */
export function photosInCell(
  answers: readonly PhotoAnswer[],
  { truth, answer }: Cell,
  modelIndex: number,
  secondIndex: number,
): PhotoChange[] {
  return answers
    .filter((photo) => photo.truth === truth && answerOf(photo, modelIndex).answer === answer)
    .map((photo) => photoChange(photo, secondIndex));
}

/** The photos that one model put into a cell and the other did not. */
export function photosMovedInCell(
  answers: readonly PhotoAnswer[],
  { truth, answer }: Cell,
  secondIndex: number,
): PhotoChange[] {
  return answers
    .filter((photo) => photo.truth === truth)
    .map((photo) => photoChange(photo, secondIndex))
    .filter(({ first, second }) => (first.answer === answer) !== (second.answer === answer));
}

export function photoChange(photo: PhotoAnswer, secondIndex: number): PhotoChange {
  const { photoId, truth, probabilities } = photo;
  const first = answerOf(photo, 0);
  const second = answerOf(photo, secondIndex);
  const lostConfidence =
    (probabilities[0]?.[truth] ?? 0) - (probabilities[secondIndex]?.[truth] ?? 0);
  const change = { photoId, truth, first, second, lostConfidence };
  if (first.answer === second.answer) return change;
  if (first.answer === truth) return { ...change, kind: 'lost' };
  return { ...change, kind: second.answer === truth ? 'gained' : 'both-wrong' };
}
