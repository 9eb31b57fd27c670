import { createRandom } from '../../../shared/domain/random';

/** So many rows of a class at most, and of all together: comparing is to stay interactive. */
const mostOfClass = 200;
const mostTogether = 2000;

/**
 * Labeled rows that are to vote on others: of each class about as many, so that a class with many
 * rows does not outvote one with few. The same rows and seed give the same ones.
 * @param classes number of each row's class; -1 for none.
 * @returns row numbers, ascending.
 */
export function chooseVoters(classes: Int32Array, seed: number): Int32Array {
  const byClass = new Map<number, number[]>();
  classes.forEach((number, row) => {
    if (number < 0) return;
    const rows = byClass.get(number);
    if (rows) rows.push(row);
    else byClass.set(number, [row]);
  });
  const each = Math.max(1, Math.min(mostOfClass, Math.floor(mostTogether / byClass.size)));
  const random = createRandom(seed);
  const chosen = [...byClass.keys()]
    .sort((a, b) => a - b)
    .flatMap((number) => {
      const rows = byClass.get(number) ?? [];
      return rows.length <= each ? rows : random.shuffled(rows).slice(0, each);
    });
  return Int32Array.from(chosen).sort();
}
