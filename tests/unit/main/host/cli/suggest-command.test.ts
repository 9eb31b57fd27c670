import type { Handlers } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import type { SuggestionSource } from '@shared/domain/suggestion-source';
import { expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeStudio } from '../../../../fakes/fake-studio';

const neighbors: SuggestionSource = { kind: 'neighbors', labeled: 12 };

/** A studio in which 30 photos have suggestions of at least 0.8, and none of 0.95. */
function studio(source: SuggestionSource = neighbors, changes: Partial<Handlers> = {}) {
  const accepted: number[] = [];
  const handlers: Partial<Handlers> = {
    'suggestions.compute': () => ({}),
    'suggestions.state': ({ thresholds }) => ({
      source,
      answered: 42,
      computing: false,
      counts: thresholds.map((threshold) => ({ threshold, photos: threshold > 0.9 ? 0 : 30 })),
    }),
    'suggestions.accept': ({ threshold }) => {
      accepted.push(threshold);
      return { description: 'Labeled 30 photos as suggested', photos: 30 };
    },
    ...changes,
  };
  return { app: createFakeStudio({ handlers }), accepted };
}

it('tells the source and how many photos there are at each probability, and accepts nothing', async () => {
  const { app, accepted } = studio();
  const { code, stdout } = await runFakeCli(app, ['suggest', 'things']);
  expect(code).toBe(0);
  expect(stdout).toContain('the 10 nearest of 12 labeled photos');
  expect(stdout).toMatch(/≥ 90\.0% +30\n/);
  expect(accepted).toEqual([]);
});

it('accepts from a probability on, and says what it did', async () => {
  const { app, accepted } = studio({ kind: 'model', modelId: 'model-2', name: 'Lite0 A' });
  const run = await runFakeCli(app, ['suggest', 'things', '--accept', '0.8', '--json']);
  expect(run.json()).toMatchObject({
    source: { kind: 'model', modelId: 'model-2' },
    answered: 42,
    accepted: { threshold: 0.8, photos: 30, description: 'Labeled 30 photos as suggested' },
  });
  expect(accepted).toEqual([0.8]);
});

it('nothing that probable is no failure', async () => {
  const { app, accepted } = studio();
  const { code, stdout } = await runFakeCli(app, ['suggest', 'things', '--accept', '0.99']);
  expect(code).toBe(0);
  expect(stdout).toContain('nothing was labeled');
  expect(accepted).toEqual([]);
});

it('says what is missing for suggestions, and why they failed', async () => {
  const none = await runFakeCli(studio({ kind: 'none', reason: 'labels' }).app, ['suggest', '.']);
  expect(none.stdout).toContain('at least two labels');
  const { app } = studio(neighbors, {
    'suggestions.compute': () => {
      throw new AppError('not-ready', 'The model’s file is gone.');
    },
  });
  const failed = await runFakeCli(app, ['suggest', '.']);
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('file is gone') });
});

it.each(['1.5', 'much', '-1', ''])('%s is no probability', async (text) => {
  const run = await runFakeCli(studio().app, ['suggest', '.', `--accept=${text}`]);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('a number from 0 to 1');
});
