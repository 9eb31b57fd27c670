import { createRandom, type Random } from '../../../shared/domain/random';
import type { Rows } from './rows';
import { fitSoftmaxRegression } from './softmax-regression';

export interface LeakQuestion {
  /** Features of length 1. */
  rows: Rows;
  /** A class for each row. */
  labels: Int32Array;
  classes: number;
  /** What each row stays together with, by number. */
  units: Int32Array;
  /** 0..1. */
  testShare: number;
  repeats: number;
  seed: number;
  onProgress?(done: number, total: number): void;
  checkpoint?(): void;
}

/** One number for each repeat. */
export interface LeakAnswer {
  naive: number[];
  honest: number[];
  /** Share of naive test rows with a mate of their unit in training. */
  leaked: number[];
}

/**
 * Trains and tests one kind of classifier on splits dealt row by row and on splits that keep units
 * together, both stratified, several times with other draws. What the first tests better by is what
 * copies in training are worth.
 */
export function measureLeakWorth(question: LeakQuestion): LeakAnswer {
  const { rows, labels, units, repeats, seed, onProgress } = question;
  const alone = Int32Array.from(labels.keys());
  const answer: LeakAnswer = { naive: [], honest: [], leaked: [] };
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    onProgress?.(repeat, repeats);
    const random = createRandom(seed + repeat);
    const naive = dealTest(question, alone, random);
    const honest = dealTest(question, units, random);
    answer.naive.push(accuracyOf(question, naive, seed + repeat));
    answer.honest.push(accuracyOf(question, honest, seed + repeat));
    answer.leaked.push(leakedShare(units, naive));
  }
  onProgress?.(repeats, repeats);
  return rows.count === 0 ? { naive: [], honest: [], leaked: [] } : answer;
}

/** Which rows are tested: units in a drawn order, while their classes lack test rows. */
function dealTest(
  { labels, classes, testShare }: LeakQuestion,
  units: Int32Array,
  random: Random,
): Uint8Array {
  const lots = new Map<number, number[]>();
  units.forEach((unit, row) => {
    const lot = lots.get(unit);
    if (lot) lot.push(row);
    else lots.set(unit, [row]);
  });
  const lack = new Float64Array(classes);
  for (const label of labels) lack[label] = (lack[label] ?? 0) + testShare;
  const test = new Uint8Array(labels.length);
  for (const lot of random.shuffled([...lots.values()])) {
    const need = lot.reduce((sum, row) => sum + (lack[labels[row] ?? 0] ?? 0), 0) / lot.length;
    // A lot goes in when that brings its classes nearer to their share than leaving it out.
    if (need < lot.length / 2) continue;
    for (const row of lot) {
      test[row] = 1;
      const label = labels[row] ?? 0;
      lack[label] = (lack[label] ?? 0) - 1;
    }
  }
  return test;
}

function accuracyOf(
  { rows, labels, classes, checkpoint }: LeakQuestion,
  test: Uint8Array,
  seed: number,
): number {
  const train = Int32Array.from([...test.keys()].filter((row) => test[row] === 0));
  const tested = [...test.keys()].filter((row) => test[row] === 1);
  if (train.length === 0 || tested.length === 0) return Number.NaN;
  const model = fitSoftmaxRegression(
    rows,
    train,
    train.map((row) => labels[row] ?? 0),
    { classes, seed, ...(checkpoint ? { checkpoint } : {}) },
  );
  const answer = new Float32Array(classes);
  let right = 0;
  for (const row of tested) {
    model.answer(rows, row, answer);
    if (answer.indexOf(Math.max(...answer)) === labels[row]) right += 1;
  }
  return right / tested.length;
}

function leakedShare(units: Int32Array, test: Uint8Array): number {
  const trained = new Set(units.filter((_, row) => test[row] === 0));
  const tested = [...test.keys()].filter((row) => test[row] === 1);
  const leaked = tested.filter((row) => trained.has(units[row] ?? -1));
  return tested.length === 0 ? 0 : leaked.length / tested.length;
}
