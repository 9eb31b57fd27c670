import type { MeasuredShare } from '../../../shared/domain/learning-curve';
import {
  type PairedCounts,
  pairedDifferenceInterval,
  wilsonInterval,
} from '../../../shared/domain/statistics';
import type { HeadTrialScore } from '../../workers/tasks/training-tasks';

/** What several trials of one kind, each on a fold of its own, say of each photo: as one trial would. */
export function joinOutcomes(scores: readonly HeadTrialScore[]): Uint8Array {
  const [first] = scores;
  const joined = new Uint8Array(first?.outcomes.length ?? 0);
  for (const { outcomes } of scores) {
    outcomes.forEach((outcome, photo) => {
      if (outcome > 0) joined[photo] = outcome;
    });
  }
  return joined;
}

export const rightIn = (outcomes: Uint8Array): number => count(outcomes, (value) => value === 2);
export const judgedIn = (outcomes: Uint8Array): number => count(outcomes, (value) => value > 0);

/** Share right of the photos that were judged, with Wilson's interval. */
export function shareRight(outcomes: Uint8Array): MeasuredShare {
  const [right, judged] = [rightIn(outcomes), judgedIn(outcomes)];
  return { mean: right / judged, interval: wilsonInterval(right, judged) };
}

/** Share right of the second minus that of the first, on the photos that both judged. */
export function pairedGain(first: Uint8Array, second: Uint8Array): MeasuredShare {
  const counts: PairedCounts = { bothRight: 0, firstOnly: 0, secondOnly: 0, bothWrong: 0 };
  first.forEach((outcome, photo) => {
    const other = second[photo] ?? 0;
    if (outcome === 0 || other === 0) return;
    if (outcome === 2) counts[other === 2 ? 'bothRight' : 'firstOnly'] += 1;
    else counts[other === 2 ? 'secondOnly' : 'bothWrong'] += 1;
  });
  const { bothRight, firstOnly, secondOnly, bothWrong } = counts;
  const judged = bothRight + firstOnly + secondOnly + bothWrong;
  return {
    mean: judged === 0 ? 0 : (secondOnly - firstOnly) / judged,
    interval: pairedDifferenceInterval(counts),
  };
}

const count = (outcomes: Uint8Array, holds: (outcome: number) => boolean): number =>
  outcomes.reduce((sum, outcome) => sum + Number(holds(outcome)), 0);
