import { crossValidate } from '@main/engine/curation/cross-validate';
import { findLabelErrors } from '@main/engine/curation/label-errors';
import { expect, it } from 'vitest';
import { drawBlobs } from './blobs';

const rows = drawBlobs({ count: 240, width: 20, centers: 4, spread: 0.9 });
const groups = Int32Array.from({ length: 240 }, (_, row) => row);

it('finds wrong labels with the right suggestion, and little besides', () => {
  const labels = rows.blobs.slice();
  const wrong = [3, 50, 101, 152, 203];
  for (const row of wrong) labels[row] = ((labels[row] ?? 0) + 1) % 4;
  const answers = crossValidate({ rows, labels, classes: 4, groups, seed: 1 });
  const { errors } = findLabelErrors(answers, labels, 4);
  expect(errors.map(({ row }) => row)).toEqual(expect.arrayContaining(wrong));
  expect(errors.length).toBeLessThanOrEqual(wrong.length + 3);
  for (const error of errors.filter(({ row }) => wrong.includes(row))) {
    expect(error.suggested).toBe(rows.blobs[error.row]);
    expect(error.probability).toBeGreaterThan(error.givenProbability);
  }
});

it('counts which label is taken for which', () => {
  const answers = Float32Array.of(0.9, 0.1, 0.2, 0.8, 0.1, 0.9, 0.3, 0.7);
  const { joint, errors } = findLabelErrors(answers, Int32Array.of(0, 0, 1, 1), 2);
  expect([...joint]).toEqual([1, 1, 0, 1]);
  expect(errors.map(({ row, suggested }) => [row, suggested])).toEqual([[1, 1]]);
});

it('passes over rows without a label, and never trains on a twin of what it judges', () => {
  // Rows come in equal pairs under opposite labels: only a twin in training could tell them.
  const data = drawBlobs({ count: 60, width: 60, centers: 60, spread: 0 }).data;
  const twins = { count: 120, width: 60, data: Float32Array.of(...data, ...data) };
  const labels = Int32Array.from({ length: 120 }, (_, row) => (row % 60 < 50 ? row % 2 : -1));
  const pairs = Int32Array.from({ length: 120 }, (_, row) => row % 60);
  const answers = crossValidate({ rows: twins, labels, classes: 2, groups: pairs, seed: 1 });
  const own = [...labels.keys()].filter((row) => (labels[row] ?? -1) >= 0);
  const right = own.filter((row) => (answers[row * 2 + (labels[row] ?? 0)] ?? 0) > 0.5);
  expect(right.length / own.length).toBeLessThan(0.7);
  expect(answers[55 * 2]).toBe(0);
  const alone = Int32Array.from({ length: 120 }, (_, row) => row);
  const leaking = crossValidate({ rows: twins, labels, classes: 2, groups: alone, seed: 1 });
  const leaked = own.filter((row) => (leaking[row * 2 + (labels[row] ?? 0)] ?? 0) > 0.5);
  expect(leaked.length).toBeGreaterThan(right.length + 15);
});
