import { issuesActions } from '@renderer/features/issues/issues-actions';
import { IssuesPlace } from '@renderer/features/issues/IssuesPlace';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeLabels, fakePhoto } from '../../fakes/fake-photos';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

function createFlawedProgram() {
  const program = createFakeProgram({
    photos: Array.from({ length: 6 }, (_, index) => fakePhoto(index + 1, { labelId: 1 })),
    labels: fakeLabels(['banana', 'hat', 'truck']),
  });
  program.issues.analyzedAt = '2026-01-02T03:04:05.000Z';
  program.issues.found = [
    {
      kind: 'label-error',
      photoId: 1,
      score: 0.9,
      suggestedLabelId: 2,
      detail: { probability: 0.97 },
    },
    {
      kind: 'label-error',
      photoId: 2,
      score: 0.8,
      suggestedLabelId: 3,
      detail: { probability: 0.88 },
    },
    { kind: 'near-duplicate', photoId: 3, groupId: 3, score: 2, detail: { best: true } },
    { kind: 'near-duplicate', photoId: 4, groupId: 3, score: 2, detail: {} },
    { kind: 'blurred', photoId: 5, score: 1, detail: { measured: 4 } },
  ];
  return program;
}

async function openIssues(program = createFlawedProgram()) {
  const opened = await openTestStudio(program);
  renderInStudio(opened.studio, <IssuesPlace />);
  await waitFor(() => expect(opened.studio.stores.issues.getState().overview).toBeDefined());
  const run = async (id: string) => {
    const action = issuesActions(opened.studio).find((candidate) => candidate.id === id);
    if (!action) throw new Error(`There is no action ${id}`);
    expect(action.enabled?.() ?? true).toBe(true);
    await action.run();
  };
  return { ...opened, program, run };
}

const options = () => screen.getAllByRole('option');

describe('Issues', () => {
  it('before the first analysis teaches and offers one button', async () => {
    const { program } = await openIssues(createFakeProgram({ photos: [fakePhoto(1)] }));
    fireEvent.click(await screen.findByRole('button', { name: 'Look for issues' }));
    await waitFor(() => expect(program.calls).toContain('issues.analyze'));
  });

  it('opens with the first kind that has something open, and counts all of them', async () => {
    await openIssues();
    expect(await screen.findAllByRole('option')).toHaveLength(2);
    expect(screen.getByRole('button', { name: /Wrong labels/ }).textContent).toContain('2');
    expect(screen.getByRole('button', { name: /Too dark/ }).textContent).toContain('0');
    expect(options()[0]?.textContent).toContain('97%');
  });

  it('accepts suggestions of the selected photos as one edit', async () => {
    const { program, run } = await openIssues();
    fireEvent.click((await screen.findAllByRole('option'))[0] as HTMLElement);
    await run('issues.select-all');
    await run('issues.accept');
    expect(program.photos.map(({ labelId }) => labelId).slice(0, 2)).toEqual([2, 3]);
    expect(program.calls.filter((name) => name === 'dataset.assignLabels')).toHaveLength(1);
  });

  it('shows a group together, marks its best, and leaves out the others', async () => {
    const { program, run } = await openIssues();
    fireEvent.click(screen.getByRole('button', { name: /Near duplicates/ }));
    const best = await screen.findByText('Best');
    expect(within(best.closest('[role=group]') as HTMLElement).getAllByRole('option')).toHaveLength(
      2,
    );
    await run('issues.keep-best');
    expect(program.photos.filter(({ excluded }) => excluded).map(({ id }) => id)).toEqual([4]);
  });

  it('leaves one of each group in, also where the best is gone', async () => {
    const program = createFlawedProgram();
    program.issues.found = [
      { kind: 'near-duplicate', photoId: 1, groupId: 1, score: 2, detail: {} },
      { kind: 'near-duplicate', photoId: 2, groupId: 1, score: 2, detail: {} },
      { kind: 'near-duplicate', photoId: 3, groupId: 3, score: 2, detail: {} },
      { kind: 'near-duplicate', photoId: 4, groupId: 3, score: 2, detail: { best: true } },
    ];
    const { run } = await openIssues(program);
    await screen.findByText('Best');
    await run('issues.keep-best');
    expect(program.photos.filter(({ excluded }) => excluded).map(({ id }) => id)).toEqual([2, 3]);
  });

  it('moves what is fine out of the open ones, and back', async () => {
    const { program, run } = await openIssues();
    fireEvent.click(screen.getByRole('button', { name: /Blurred/ }));
    fireEvent.click(await screen.findByRole('option'));
    await run('issues.keep');
    await waitFor(() => expect(screen.queryAllByRole('option')).toHaveLength(0));
    expect(program.issues.found.at(-1)?.state).toBe('kept');
    fireEvent.click(screen.getByRole('radio', { name: 'Fine as is' }));
    fireEvent.click(await screen.findByRole('option'));
    await run('issues.reopen');
    expect(program.issues.found.at(-1)?.state).toBe('open');
  });

  it('extends with Shift and takes out with Ctrl', async () => {
    const { studio } = await openIssues();
    const [first, second] = await screen.findAllByRole('option');
    fireEvent.click(first as HTMLElement);
    fireEvent.click(second as HTMLElement, { shiftKey: true });
    expect(studio.stores.issues.getState().selection.selected.size).toBe(2);
    fireEvent.click(first as HTMLElement, { ctrlKey: true });
    expect([...studio.stores.issues.getState().selection.selected]).toEqual([2]);
  });

  it('shows its photos in the grid, under the name of the kind', async () => {
    const { studio, run } = await openIssues();
    await screen.findAllByRole('option');
    await run('issues.open-in-grid');
    expect(studio.stores.photos.getState().chosen).toEqual({ title: 'Wrong labels', ids: [1, 2] });
    await waitFor(() => expect(studio.stores.photos.getState().total).toBe(2));
    studio.stores.photos.getState().setFilter({});
    await waitFor(() => expect(studio.stores.photos.getState().total).toBe(6));
  });

  it('says what is wrong with labels in sentences, and that the analysis is old', async () => {
    const program = createFlawedProgram();
    program.issues.stale = true;
    program.issues.findings = [
      {
        kind: 'shortcut',
        labelIds: [2],
        value: 0.91,
        atLeast: 0.82,
        attribute: 'exposure',
        photos: 120,
      },
    ];
    await openIssues(program);
    expect(
      await screen.findByText(/hat can be told by brightness and contrast alone: 91%/),
    ).toBeDefined();
    expect(screen.getByText(/photos or labels changed since/)).toBeDefined();
  });
});
