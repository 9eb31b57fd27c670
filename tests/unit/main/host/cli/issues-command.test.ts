import type { Handlers } from '@shared/api/contract';
import { expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeStudio } from '../../../../fakes/fake-studio';

const label = { id: 1, name: 'banana', color: '#ffd43b', position: 0 };
const handlers: Partial<Handlers> = {
  'issues.analyze': () => ({ jobId: 'job-1' }),
  'jobs.list': () => ({ jobs: [createFakeJob({ state: 'done' })] }),
  'dataset.summary': () => ({
    total: 3,
    labeled: 3,
    unlabeled: 0,
    excluded: 0,
    missing: 0,
    conflicts: 0,
    labels: [{ ...label, count: 3, train: 2, validation: 0, test: 1 }],
    splits: { train: 2, validation: 0, test: 1 },
    ratio: { train: 0.7, validation: 0.15, test: 0.15 },
    savedFilters: [],
  }),
  'issues.overview': () => ({
    analyzedAt: '2026-01-01T00:00:00.000Z',
    stale: false,
    photos: 3,
    kinds: [{ kind: 'label-error', open: 1, kept: 0, ignored: 0 }],
    findings: [
      { kind: 'few-photos', labelIds: [1], value: 3, photos: 3 },
      {
        kind: 'shortcut',
        labelIds: [1],
        value: 0.9,
        atLeast: 0.8,
        attribute: 'exposure',
        photos: 3,
      },
    ],
  }),
  'issues.list': () => ({
    total: 1,
    items: [{ photoId: 2, score: 0.9, suggestedLabelId: 1, detail: { probability: 0.95 } }],
  }),
  'dataset.photo': ({ photoId }) => ({
    id: photoId,
    fileName: 'b.jpg',
    width: 4,
    height: 3,
    excluded: false,
    missing: false,
    sha256: 'a'.repeat(64),
    bytes: 10,
    facts: {
      format: 'jpeg',
      width: 4,
      height: 3,
      perceptualHash: '0'.repeat(16),
      sharpness: 1,
      brightness: 1,
    },
    folder: '/photos',
    stored: false,
    importedAt: '2026-01-01T00:00:00.000Z',
  }),
};

it('counts issues and says in sentences what is wrong with labels', async () => {
  const run = await runFakeCli(createFakeStudio({ handlers }), ['issues', 'things']);
  expect(run.code).toBe(0);
  expect(run.stdout).toContain('Looked at 3 photos.');
  expect(run.stdout).toMatch(/label-error +1/);
  expect(run.stdout).toContain('banana has only 3 photos.');
  expect(run.stdout).toContain('banana can be told by exposure alone: 90.0% of photos');
});

it('lists the photos of a kind, by name and as JSON', async () => {
  const listed = await runFakeCli(createFakeStudio({ handlers }), [
    'issues',
    'things',
    '--kind',
    'label-error',
  ]);
  expect(listed.stdout).toContain('/photos/b.jpg → banana 95.0%');
  const json = await runFakeCli(createFakeStudio({ handlers }), [
    'issues',
    '.',
    '--kind',
    'label-error',
    '--json',
  ]);
  expect(json.json()).toMatchObject({
    photos: 3,
    issues: [{ photoId: 2, fileName: 'b.jpg', suggestedLabel: 'banana' }],
  });
});

it('refuses a kind that does not exist', async () => {
  const run = await runFakeCli(createFakeStudio({ handlers }), ['issues', '.', '--kind', 'ugly']);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('label-error');
});
