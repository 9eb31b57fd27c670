import { correctionsActions } from '@renderer/features/corrections/corrections-actions';
import { correctionsPlace } from '@renderer/features/corrections/corrections-place';
import { CorrectionsPlace } from '@renderer/features/corrections/CorrectionsPlace';
import { currentCorrection } from '@renderer/stores/corrections-store';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeCorrection } from '../../../../fakes/fake-correction';
import { fakeLabels, fakePhoto } from '../../fakes/fake-photos';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

function createProgram() {
  const program = createFakeProgram({
    photos: [fakePhoto(1, { labelId: 1 })],
    labels: fakeLabels(['banana', 'hat']),
  });
  program.corrections.all = [3, 2, 1].map((number) => fakeCorrection(number));
  return program;
}

async function openInbox(program = createProgram()) {
  const opened = await openTestStudio(program);
  const { corrections } = opened.studio.stores;
  await waitFor(() => expect(corrections.getState().corrections).toBeDefined());
  const Status = () => <output>{correctionsPlace.useStatus()}</output>;
  renderInStudio(
    opened.studio,
    <>
      <Status />
      <CorrectionsPlace />
    </>,
  );
  const action = (id: string) => {
    const found = correctionsActions(opened.studio).find((candidate) => candidate.id === id);
    if (!found) throw new Error(`There is no action ${id}`);
    return found;
  };
  const run = async (id: string) => {
    expect(action(id).enabled?.() ?? true).toBe(true);
    await action(id).run();
  };
  const current = () => currentCorrection(corrections.getState())?.id;
  return { ...opened, program, action, run, current };
}

describe('Corrections', () => {
  it('teaches what comes here while there is nothing', async () => {
    const { studio } = await openInbox(createFakeProgram());
    expect(screen.getByText('Nothing waits for you')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Push a model to a phone' }));
    expect(studio.stores.view.getState().place).toBe('deploy');
  });

  it('shows the photo large, what the model and the person said, and counts in the rail', async () => {
    await openInbox();
    expect(screen.getByRole('status').textContent).toBe('3 new');
    expect(screen.getByAltText('The photo that came from a phone').getAttribute('src')).toContain(
      'correction-3/display',
    );
    expect(screen.getByText('87.0%')).toBeTruthy();
    expect(screen.getByText('Pixel 8')).toBeTruthy();
    expect(screen.getByRole('button', { name: /Accept as hat/ })).toBeTruthy();
  });

  it('accepts as said or as another label by key, and goes on with the next', async () => {
    const { program, run, current } = await openInbox();
    await run('corrections.accept');
    await waitFor(() => expect(current()).toBe('correction-2'));
    await run('label.1');
    expect(program.corrections.accepted).toEqual([
      { id: 'correction-3' },
      { id: 'correction-2', labelId: 1 },
    ]);
    await waitFor(() => expect(current()).toBe('correction-1'));
  });

  it('dismisses with a way back', async () => {
    const { program, run } = await openInbox();
    await run('corrections.dismiss');
    expect(program.corrections.all[0]?.state).toBe('dismissed');
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(program.corrections.all[0]?.state).toBe('new'));
    await run('corrections.dismiss');
    fireEvent.click(screen.getByRole('radio', { name: 'Dismissed (1)' }));
    await screen.findByRole('button', { name: /Bring back/ });
    await run('corrections.restore');
    expect(program.corrections.all[0]?.state).toBe('new');
  });

  it('forgets all that are dismissed, with a way back, and says how long they are kept', async () => {
    const program = createProgram();
    program.corrections.all[1] = fakeCorrection(2, { state: 'dismissed' });
    const { action } = await openInbox(program);
    const forget = { name: 'Forget all dismissed' };
    expect(screen.queryByRole('button', forget)).toBeNull();
    fireEvent.click(screen.getByRole('radio', { name: 'Dismissed (1)' }));
    expect(await screen.findByText(/^Can be brought back for 30 days/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', forget));
    await waitFor(() => expect(program.corrections.all).toHaveLength(2));
    await screen.findByRole('radio', { name: 'Dismissed (0)' });
    expect(screen.queryByRole('button', forget)).toBeNull();
    expect(action('corrections.forget-dismissed').enabled?.()).toBe(false);
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await screen.findByRole('radio', { name: 'Dismissed (1)' });
    expect(program.corrections.ended).toEqual([]);
  });

  it('stays at the photo that is looked at when another one comes', async () => {
    const { program, run, current } = await openInbox();
    await run('corrections.next');
    expect(current()).toBe('correction-2');
    program.corrections.all = [fakeCorrection(4), ...program.corrections.all];
    program.emit('corrections.changed', {});
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('4 new'));
    expect(current()).toBe('correction-2');
  });

  it('says that a label is unknown and makes it when told', async () => {
    const program = createProgram();
    const unknown = { said: 'kiwi', labelId: undefined };
    program.corrections.all = [fakeCorrection(2, unknown), fakeCorrection(1)];
    const { action } = await openInbox(program);
    expect(screen.getByText('The project has no label “kiwi”.')).toBeTruthy();
    expect(action('corrections.accept').enabled?.()).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Make it a label and accept' }));
    await waitFor(() =>
      expect(program.corrections.accepted).toEqual([{ id: 'correction-2', labelId: 3 }]),
    );
    expect(program.labels.map(({ name }) => name)).toContain('kiwi');
  });

  it('accepts all whose label is known at once', async () => {
    const program = createProgram();
    program.corrections.all[1] = fakeCorrection(2, { said: 'kiwi', labelId: undefined });
    await openInbox(program);
    fireEvent.click(screen.getByRole('button', { name: 'Accept all 2 as said' }));
    await waitFor(() =>
      expect(program.corrections.accepted.map(({ id }) => id)).toEqual([
        'correction-3',
        'correction-1',
      ]),
    );
  });

  it('says that the project has the photo already', async () => {
    const program = createProgram();
    program.corrections.all = [
      fakeCorrection(1, {
        photo: { id: 1, labelId: 1 },
        answered: { label: 'banana' },
        said: undefined,
        labelId: undefined,
      }),
    ];
    await openInbox(program);
    expect(screen.getByText('The project has this photo already, as banana.')).toBeTruthy();
    expect(screen.getByText(/without saying how sure/)).toBeTruthy();
    expect(screen.getByText(/Only that this is wrong/)).toBeTruthy();
  });
});
