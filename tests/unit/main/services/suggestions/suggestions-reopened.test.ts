import { describe, expect, it } from 'vitest';
import { voteNeighbors } from '@main/workers/vote-neighbors';
import { throwIfCancelled } from '@shared/api/errors';
import { call, openSuggestions, suggested } from '../../../../fixtures/suggestions-project';

describe('a project that is opened again', () => {
  it('keeps its suggestions and works out none of them anew', async () => {
    const project = await openSuggestions();
    await project.compute();
    const before = await suggested(project);
    await project.opened.dispose();
    const ran = project.runs();
    await project.open().handlers['suggestions.compute']({}, call);
    expect(project.runs()).toBe(ran);
    expect(await suggested(project)).toEqual(before);
  });

  it('works them out when labels changed while nobody looked', async () => {
    const project = await openSuggestions();
    await project.compute();
    await project.opened.dispose();
    const ran = project.runs();
    project.context.database.run('UPDATE photos SET label_id = 2 WHERE id = 9');
    await project.open().handlers['suggestions.compute']({}, call);
    expect(project.runs()).toBeGreaterThan(ran);
  });
});

it('closed in the middle of a run it stops, and the answers before it still count', async () => {
  let isHeld = false;
  let begun = () => {};
  const project = await openSuggestions({
    tasks: {
      async 'vote-neighbors'(input, context) {
        if (!isHeld) return voteNeighbors(input, context);
        begun();
        await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
        throwIfCancelled(context.signal);
        throw new Error('It was not cancelled');
      },
    },
  });
  await project.compute();
  const before = (await suggested(project)).slice(10);
  isHeld = true;
  const running = new Promise<void>((resolve) => (begun = resolve));
  await project.call('dataset.assignLabel', { photoIds: [7], labelId: 1 });
  await running;
  expect((await project.state()).computing).toBe(true);
  await project.opened.dispose();
  expect((await suggested(project)).slice(10)).toEqual(before);
  expect(project.log.lines).toEqual([]);
});
