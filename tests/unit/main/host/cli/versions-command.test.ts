import type { Handlers, ParsedInput } from '@shared/api/contract';
import type { RestorePlan } from '@shared/api/versions-api';
import { describe, expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeStudio } from '../../../../fakes/fake-studio';

const plan: RestorePlan = {
  relabeled: 2,
  moved: 0,
  included: 0,
  excluded: 1,
  newLabels: ['hat'],
  renamedLabels: [],
  missing: 1,
  missingNames: ['lost.jpg'],
  isSame: false,
};

const counts = { added: 0, removed: 1, relabeled: 25, moved: 0 };
const standing = { label: 'hat', split: 'train' as const };

function createStudio(handlers: Partial<Handlers> = {}) {
  const notes: string[] = [];
  const questions: ParsedInput<'versions.compare'>[] = [];
  const app = createFakeStudio({
    handlers: {
      'versions.list': () => ({
        versions: [
          {
            id: 'version-2',
            createdAt: '2026-01-02T03:04:05.000Z',
            note: 'new camera',
            photos: 30,
            splits: { train: 20, validation: 5, test: 5 },
            labels: [{ name: 'hat', train: 20, validation: 5, test: 5 }],
            models: [{ id: 'model-1', name: 'Lite0' }],
          },
        ],
      }),
      'versions.freeze': ({ note }) => {
        notes.push(note);
        return { versionId: 'version-2', isNew: false };
      },
      'versions.compare': (question) => {
        questions.push(question);
        const { kind, offset, limit } = question;
        const all = Array.from({ length: counts[kind] }, (_, index) => ({
          photoId: index + 1,
          before: standing,
          ...(kind === 'removed'
            ? { absence: 'excluded' as const }
            : { after: { ...standing, label: 'cap' } }),
        }));
        return {
          counts,
          same: 4,
          renamedLabels: [{ from: 'cup', to: 'mug' }],
          addedLabels: [],
          removedLabels: [],
          changes: all.slice(offset, offset + limit),
        };
      },
      'dataset.photos': ({ photoIds }) => ({
        photos: photoIds.map((id) => ({
          id,
          fileName: `${id}.jpg`,
          width: 4,
          height: 3,
          excluded: false,
          missing: false,
        })),
      }),
      'versions.planRestore': () => plan,
      'versions.restore': ({ versionId }) => ({ description: `Restored ${versionId}`, plan }),
      ...handlers,
    },
  });
  return { app, notes, questions };
}

describe('versions', () => {
  it('lists them with counts, models and notes', async () => {
    const run = await runFakeCli(createStudio().app, ['versions', 'things']);
    expect(run.stdout).toMatch(/2 +2026-01-02 03:04 +30 +20 +5 +5 +model-1 +new camera/);
    const json = await runFakeCli(createStudio().app, ['versions', 'things', '--json']);
    expect(json.json()).toMatchObject({ versions: [{ id: 'version-2', photos: 30 }] });
  });

  it('freezes with a note, and says when nothing is new', async () => {
    const { app, notes } = createStudio();
    const run = await runFakeCli(app, ['versions', 'things', '--note', 'before']);
    expect(notes).toEqual(['before']);
    expect(run.stdout).toContain('Nothing changed: the photos are as in version 2.');
  });

  it('says how to get the first', async () => {
    const { app } = createStudio({ 'versions.list': () => ({ versions: [] }) });
    expect((await runFakeCli(app, ['versions', '.'])).stdout).toContain('training freezes one');
  });
});

describe('versions compare', () => {
  it('names photos with both labels, the first twenty of a kind', async () => {
    const { app, questions } = createStudio();
    const run = await runFakeCli(app, ['versions', 'compare', 'things', '1', 'now']);
    expect(questions[0]).toMatchObject({ first: 'version-1', second: 'now' });
    expect(run.stdout).toContain('The label cup is now mug.');
    expect(run.stdout).toContain('1 photo removed:\n  1.jpg: hat (train), excluded now');
    expect(run.stdout).toContain('20.jpg: hat (train) → cap (train)\n  … and 5 more');
    expect(run.stdout).toContain('4 photos the same.');
  });

  it('has all of them as JSON', async () => {
    const args = ['versions', 'compare', 'things', 'version-1', '2', '--json'];
    const json = (await runFakeCli(createStudio().app, args)).json();
    expect(json).toMatchObject({ first: 'version-1', second: 'version-2', same: 4 });
    expect((json['changes'] as { relabeled: object[] }).relabeled).toHaveLength(25);
  });

  it('refuses what is no version', async () => {
    const run = await runFakeCli(createStudio().app, ['versions', 'compare', '.', 'one', 'now']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('A version is a number');
  });
});

describe('versions restore', () => {
  it('restores and says what came of it', async () => {
    const run = await runFakeCli(createStudio().app, ['versions', 'restore', 'things', '2']);
    expect(run.stdout.trim().split('\n')).toEqual([
      'Restored version-2.',
      'The label hat: made again.',
      '2 photos labeled as then.',
      '1 photo not in it: excluded, labels kept.',
      '1 photo whose file is missing: lost.jpg.',
    ]);
  });

  it('only says so with --dry-run', async () => {
    const { app } = createStudio({
      'versions.restore': () => {
        throw new Error('It was not asked to');
      },
    });
    const args = ['versions', 'restore', 'things', '2', '--dry-run', '--json'];
    expect((await runFakeCli(app, args)).json()).toEqual({ plan });
  });
});
