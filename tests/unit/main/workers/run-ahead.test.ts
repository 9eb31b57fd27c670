import { runAhead } from '@main/workers/run-ahead';
import { expect, it } from 'vitest';

async function* counted(to: number) {
  for (let item = 1; item <= to; item += 1) yield item;
}

/** Runs that answer when they are told to. */
function createRuns() {
  const begun: number[] = [];
  const answers = new Map<number, { resolve(): void; reject(error: Error): void }>();
  const begin = (item: number) => {
    begun.push(item);
    return new Promise<number>((resolve, reject) => {
      answers.set(item, { resolve: () => resolve(item * 10), reject });
    });
  };
  return { begun, answers, begin };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

it('begins the next run while the one before is out, and no more', async () => {
  const { begun, answers, begin } = createRuns();
  const found: (number | undefined)[] = [];
  const all = (async () => {
    for await (const { item, answer } of runAhead(counted(4), begin)) found.push(item, answer);
  })();
  await settled();
  expect(begun).toEqual([1, 2]);
  answers.get(2)?.resolve();
  await settled();
  expect(found).toEqual([]);
  answers.get(1)?.resolve();
  await settled();
  expect(found).toEqual([1, 10, 2, 20]);
  expect(begun).toEqual([1, 2, 3, 4]);
  answers.get(3)?.resolve();
  answers.get(4)?.resolve();
  await all;
  expect(found).toEqual([1, 10, 2, 20, 3, 30, 4, 40]);
});

it('keeps the place of an item without a run', async () => {
  const found: (number | undefined)[] = [];
  const answers = runAhead(counted(3), (item) => (item === 2 ? undefined : Promise.resolve(-item)));
  for await (const { item, answer } of answers) found.push(item, answer);
  expect(found).toEqual([1, -1, 2, undefined, 3, -3]);
});

it('fails with the first run that fails, in order, when no other is out', async () => {
  const { answers, begin } = createRuns();
  let isOver = false;
  const all = (async () => {
    for await (const { item } of runAhead(counted(3), begin)) expect(item).toBe(0);
  })().finally(() => (isOver = true));
  const failure = expect(all).rejects.toThrow('first');
  await settled();
  answers.get(1)?.reject(new Error('first'));
  await settled();
  expect(isOver).toBe(false);
  answers.get(2)?.reject(new Error('second'));
  await failure;
});
