/** Runs begun before the oldest one's answer is used. */
const begunAtMost = 2;

/**
 * Runs something on each item, in order, and begins the next run before the answer of the one before is used:
 * a runtime in another process then never waits for a photo that is read, or for an answer to be looked at.
 * @param begin starts a run; undefined where there is nothing to run.
 * @throws what `items` and the runs throw, once no run is left.
 */
export async function* runAhead<Item, Answer>(
  items: AsyncIterable<Item>,
  begin: (item: Item) => Promise<Answer> | undefined,
): AsyncGenerator<{ item: Item; answer: Answer | undefined }> {
  const begun: { item: Item; answer: Promise<Answer> | undefined }[] = [];
  try {
    for await (const item of items) {
      const answer = begin(item);
      // It is waited for in its turn; until then a failure is not nobody's.
      answer?.catch(() => undefined);
      begun.push({ item, answer });
      if (begun.length < begunAtMost) continue;
      yield* oldest(begun);
    }
    while (begun.length > 0) yield* oldest(begun);
  } finally {
    await Promise.allSettled(begun.flatMap(({ answer }) => answer ?? []));
  }
}

async function* oldest<Item, Answer>(begun: { item: Item; answer: Promise<Answer> | undefined }[]) {
  const run = begun.shift();
  if (run) yield { item: run.item, answer: await run.answer };
}
