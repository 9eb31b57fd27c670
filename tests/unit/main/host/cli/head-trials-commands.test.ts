import type { Handlers, MethodName } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import { describe, expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { fakeCurve, fakeSearch } from '../../../../fakes/fake-head-trials';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeStudio } from '../../../../fakes/fake-studio';

function studio(changes: Partial<Handlers> = {}) {
  const asked: { method: MethodName; backbone: string }[] = [];
  const start = (method: MethodName) => (input: { settings: { backbone: string } }) => {
    asked.push({ method, backbone: input.settings.backbone });
    return { jobId: 'job-1' };
  };
  const app = createFakeStudio({
    handlers: {
      'jobs.list': () => ({ jobs: [createFakeJob({ state: 'done' })] }),
      'headTrials.measureCurve': start('headTrials.measureCurve'),
      'headTrials.curve': () => ({ curve: fakeCurve }),
      'headTrials.search': start('headTrials.search'),
      'headTrials.lastSearch': () => ({ search: fakeSearch }),
      ...changes,
    },
  });
  return { app, asked };
}

describe('learning-curve', () => {
  it('prints steps, what they mean, and the labels', async () => {
    const { app, asked } = studio();
    const run = await runFakeCli(app, ['learning-curve', 'p', '--backbone', 'lite2']);
    expect(asked).toEqual([{ method: 'headTrials.measureCurve', backbone: 'lite2' }]);
    expect(run.stdout).toMatch(/^ +80 +90\.0% +85\.0% to 95\.0%/m);
    expect(run.stdout).toContain('will probably help: the last doubling brought +10.0 points');
    expect(run.stdout).toMatch(/^whisk +40 +70\.0% +85\.0%/m);
    expect(run.stdout).toContain('5 folds of 100 of 240 training and validation photos');
  });

  it('prints the record and what it means with --json', async () => {
    const run = await runFakeCli(studio().app, ['learning-curve', 'p', '--json']);
    expect(run.json()).toEqual({ ...fakeCurve, verdict: 'helps' });
  });
});

describe('search-head', () => {
  it('prints the current settings, the best ones, and how to train with them', async () => {
    const { app, asked } = studio();
    const run = await runFakeCli(app, ['search-head', 'p']);
    expect(asked).toEqual([{ method: 'headTrials.search', backbone: 'efficientnet-lite0' }]);
    expect(run.stdout).toMatch(/^current +0\.005 +0 +0\.2 +0\.05 +80\.0% of 100 +0\.500/m);
    expect(run.stdout).toMatch(/^1\. +0\.01 +64 .* 90\.0% of 100 +0\.250/m);
    expect(run.stdout).toContain('10.0 points better');
    expect(run.stdout).toContain('10 of 40 trials');
    expect(run.stdout).toContain(
      'train p --learning-rate 0.01 --hidden-units 64 --dropout 0.2 --label-smoothing 0.05',
    );
  });

  it('says when nothing is clearly better, and why it failed', async () => {
    const gain = { mean: 0.01, interval: { low: -0.02, high: 0.04 } };
    const even = studio({ 'headTrials.lastSearch': () => ({ search: { ...fakeSearch, gain } }) });
    expect((await runFakeCli(even.app, ['search-head', 'p'])).stdout).toContain(
      'No other settings are clearly better',
    );
    const { app } = studio({
      'headTrials.search': () => {
        throw new AppError('not-ready', 'Too few photos.', 'Label more.');
      },
    });
    const failed = await runFakeCli(app, ['search-head', 'p']);
    expect(failed).toMatchObject({ code: 1, stderr: 'Too few photos. — Label more.\n' });
  });
});

it.each([
  ['--dropout', '0.95', 'from 0 to 0.9'],
  ['--label-smoothing', 'some', 'from 0 to 0.5'],
])('train refuses %s %s', async (option, value, message) => {
  const run = await runFakeCli(studio().app, ['train', 'p', option, value]);
  expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});
