import { versionsActions } from '@renderer/features/versions/versions-actions';
import { VersionsPlace } from '@renderer/features/versions/VersionsPlace';
import type { Handlers, ParsedInput } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import type { RestorePlan, VersionChange, VersionSummary } from '@shared/api/versions-api';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeLabels, fakePhoto } from '../../fakes/fake-photos';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

const plan: RestorePlan = {
  relabeled: 3,
  moved: 0,
  included: 0,
  excluded: 1,
  newLabels: ['truck'],
  renamedLabels: [],
  missing: 0,
  missingNames: [],
  isSame: false,
};

const version = (number: number, change: Partial<VersionSummary> = {}): VersionSummary => ({
  id: `version-${number}`,
  createdAt: '2026-01-02T03:04:05.000Z',
  note: '',
  photos: 4,
  splits: { train: 2, validation: 1, test: 1 },
  labels: [{ name: 'banana', train: 2, validation: 1, test: 1 }],
  models: [],
  ...change,
});

const relabeled: VersionChange[] = [1, 2, 3].map((photoId) => ({
  photoId,
  before: { label: 'banana', split: 'train' },
  after: { label: 'hat', split: 'train' },
}));
const removed: VersionChange[] = [
  { photoId: 4, before: { label: 'banana', split: 'test' }, absence: 'excluded' },
  { photoId: 99, before: { label: 'banana', split: 'test' }, absence: 'gone' },
];

/** A program with versions; `changes` is what every comparison finds. */
function createProgram(versions: VersionSummary[], changes = { relabeled, removed }) {
  const program = createFakeProgram({
    photos: [1, 2, 3, 4].map((id) => fakePhoto(id, { labelId: 1 })),
    labels: fakeLabels(['banana', 'hat']),
  });
  const questions: ParsedInput<'versions.compare'>[] = [];
  const notes: string[] = [];
  const restored: string[] = [];
  const handlers: Partial<Handlers> = {
    'versions.list': () => ({ versions }),
    'versions.compare': (question) => {
      questions.push(question);
      const all =
        question.kind === 'added' || question.kind === 'moved' ? [] : changes[question.kind];
      return {
        counts: {
          added: 0,
          removed: changes.removed.length,
          relabeled: changes.relabeled.length,
          moved: 0,
        },
        same: 1,
        renamedLabels: [],
        addedLabels: [],
        removedLabels: changes.removed.length ? ['truck'] : [],
        changes: all.slice(question.offset, question.offset + question.limit),
      };
    },
    'versions.freeze': () => {
      versions.unshift(version(versions.length + 1));
      return { versionId: `version-${versions.length}`, isNew: true };
    },
    'versions.setNote': ({ note }) => {
      notes.push(note);
      return {};
    },
    'versions.planRestore': () => plan,
    'versions.restore': ({ versionId }) => {
      restored.push(versionId);
      return { description: 'Restored version 1', plan };
    },
  };
  Object.assign(program.handlers, handlers);
  return { program, questions, notes, restored };
}

async function open(fake = createProgram([version(2), version(1, { note: 'old camera' })])) {
  const opened = await openTestStudio(fake.program);
  renderInStudio(opened.studio, <VersionsPlace />);
  await waitFor(() => expect(opened.studio.stores.versions.getState().versions).toBeDefined());
  const run = async (id: string) => {
    const action = versionsActions(opened.studio).find((candidate) => candidate.id === id);
    if (!action) throw new Error(`There is no action ${id}`);
    expect(action.enabled?.() ?? true).toBe(true);
    await action.run();
  };
  return { ...opened, ...fake, run };
}

describe('Versions', () => {
  it('teaches while there is none, and freezes the first', async () => {
    await open(createProgram([]));
    fireEvent.click(await screen.findByRole('button', { name: 'Freeze now' }));
    expect(await screen.findByRole('heading', { name: /Version 1/ })).toBeDefined();
  });

  it('holds the newest against now and shows both labels of relabeled photos', async () => {
    const { questions } = await open();
    const tiles = await screen.findAllByRole('option');
    expect(tiles).toHaveLength(3);
    expect(tiles[0]?.textContent).toMatch(/banana.*hat/);
    expect(questions[0]).toMatchObject({ first: 'version-2', second: 'now', kind: 'relabeled' });
    expect(screen.getByText(/truck is gone/)).toBeDefined();
  });

  it('says why a photo is not there any more, also of one without a picture', async () => {
    await open();
    fireEvent.click(await screen.findByRole('radio', { name: 'Removed 2' }));
    expect(await screen.findByText('excluded')).toBeDefined();
    expect(screen.getByText('not in the project')).toBeDefined();
    expect(screen.getByRole('img', { name: 'A photo that is gone' })).toBeDefined();
  });

  it('opens with a kind that there is', async () => {
    const { studio } = await open(createProgram([version(1)], { relabeled: [], removed }));
    await screen.findAllByRole('option');
    expect(studio.stores.versions.getState().kind).toBe('removed');
  });

  it('says so when nothing changed', async () => {
    await open(createProgram([version(1)], { relabeled: [], removed: [] }));
    expect(await screen.findByText(/Nothing changed between the two/)).toBeDefined();
  });

  it('compares two, the older one first, with Ctrl or from the list', async () => {
    const { questions } = await open();
    await screen.findAllByRole('option');
    fireEvent.click(screen.getByRole('button', { name: /Version 1/ }), { ctrlKey: true });
    await waitFor(() =>
      expect(questions.at(-1)).toMatchObject({ first: 'version-1', second: 'version-2' }),
    );
    expect(screen.getByText(/In both, under another label/)).toBeDefined();
  });

  it('goes from version to version and from photo to photo by key', async () => {
    const { run, studio } = await open();
    await screen.findAllByRole('option');
    await run('versions.older');
    expect(await screen.findByRole('heading', { name: /Version 1/ })).toBeDefined();
    await screen.findAllByRole('option');
    await run('versions.right');
    await run('versions.right');
    await run('versions.look');
    expect(studio.stores.view.getState().lookedAt).toBe(2);
    await run('versions.show-removed');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(2));
  });

  it('saves a note when the field is left; a refused one stays in it', async () => {
    const { notes, program } = await open();
    const field = await screen.findByRole('textbox', { name: 'Note' });
    fireEvent.change(field, { target: { value: 'with the new camera' } });
    fireEvent.blur(field);
    await waitFor(() => expect(notes).toEqual(['with the new camera']));
    fireEvent.change(field, { target: { value: 'kept' } });
    program.handlers['versions.setNote'] = () => {
      throw new AppError('no-space', 'The disk is full.');
    };
    fireEvent.blur(field);
    await screen.findByRole('alert');
    expect((field as HTMLTextAreaElement).value).toBe('kept');
  });

  it('restores after saying what will happen', async () => {
    const { run, restored } = await open();
    await screen.findAllByRole('option');
    await run('versions.restore');
    const dialog = await screen.findByRole('dialog', { name: 'Restore version 2?' });
    const sentences = within(dialog)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(sentences).toEqual([
      'The label truck is made again.',
      '3 photos get the label they had.',
      '1 labeled photo is not in this version: it is excluded and keeps its label.',
    ]);
    expect(restored).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Restore' }));
    await waitFor(() => expect(restored).toEqual(['version-2']));
    expect(await screen.findByText(/Restored version 1/)).toBeDefined();
  });

  it('shows its photos in the grid', async () => {
    const { run, studio } = await open();
    await screen.findAllByRole('option');
    await run('versions.open-in-grid');
    expect(studio.stores.photos.getState().chosen).toEqual({
      title: 'Relabeled: Version 2 → Photos as they are now',
      ids: [1, 2, 3],
    });
  });
});
