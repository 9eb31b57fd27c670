import { rowsOf } from '@main/engine/curation/rows';
import { spreadRows } from '@main/engine/curation/spread-rows';
import { AppError } from '@shared/api/errors';
import { expect, it } from 'vitest';

/** Points of the unit circle at these degrees. */
const at = (...degrees: number[]) =>
  rowsOf(
    Float32Array.from(
      degrees.flatMap((angle) => [
        Math.cos((angle * Math.PI) / 180),
        Math.sin((angle * Math.PI) / 180),
      ]),
    ),
    2,
  );

it('takes the one farthest from those it has, each time', () => {
  expect(spreadRows(at(0, 1, 2, 180, 90, 91), 3, 0)).toEqual([0, 3, 4]);
});

it('takes every row once, copies too, and no more than there are', () => {
  expect(spreadRows(at(5, 5, 5), 9, 1).sort()).toEqual([0, 1, 2]);
  expect(spreadRows(at(), 3, 0)).toEqual([]);
});

it('can be cancelled', () => {
  const checkpoint = () => {
    throw new AppError('cancelled', 'Cancelled.');
  };
  expect(() => spreadRows(at(0, 90), 2, 0, checkpoint)).toThrow('Cancelled.');
});
