import { trainingActions } from '@renderer/features/training/training-actions';
import { TrainingPlace } from '@renderer/features/training/TrainingPlace';
import { trainingPlace } from '@renderer/features/training/training-place';
import type { Readiness } from '@shared/api/training-api';
import type { EpochRecord } from '@shared/domain/model';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { fakeJob, openStudioWithModels } from '../../fakes/studio-with-models';

const readiness: Readiness = {
  ready: true,
  problems: [],
  counts: { train: 70, validation: 15, test: 15 },
  features: { done: 100, total: 100 },
  engine: { name: 'tfjs WebAssembly 4.22.0' },
};

const epoch = (number: number, validationAccuracy = 0.5): EpochRecord => ({
  epoch: number,
  trainLoss: 1 / number,
  trainAccuracy: 0.9,
  validationLoss: 1 / number,
  validationAccuracy,
});

const trainJob = (change: Parameters<typeof fakeJob>[0] = {}) =>
  fakeJob({ id: 'job-1', kind: 'train', title: 'Training on 70 photos', ...change });

async function prepare(
  content: Parameters<typeof openStudioWithModels>[0] = {},
  ready: Partial<Readiness> = {},
) {
  const test = await openStudioWithModels(content);
  test.program.handlers['training.readiness'] = () => ({ ...readiness, ...ready });
  return test;
}

async function open(...given: Parameters<typeof prepare>) {
  const test = await prepare(...given);
  renderInStudio(test.studio, <TrainingPlace />);
  return test;
}

const trainButton = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Train/ });

describe('a live training', () => {
  const event = (jobId: string, record: EpochRecord, bestEpoch: number) => ({
    jobId,
    record,
    bestEpoch,
    epochs: 60,
  });

  it('gathers the epochs of one job', async () => {
    const { program, studio } = await prepare();
    program.emit('training.epoch', event('job-1', epoch(1), 1));
    program.emit('training.epoch', event('job-1', epoch(2), 2));
    await waitFor(() =>
      expect(studio.stores.training.getState().run).toEqual({
        jobId: 'job-1',
        records: [epoch(1), epoch(2)],
        bestEpoch: 2,
        epochs: 60,
      }),
    );
  });

  it('begins anew with another job', async () => {
    const { program, studio } = await prepare();
    program.emit('training.epoch', event('job-1', epoch(1), 1));
    program.emit('training.epoch', event('job-2', epoch(1), 1));
    await waitFor(() => expect(studio.stores.training.getState().run?.jobId).toBe('job-2'));
    expect(studio.stores.training.getState().run?.records).toHaveLength(1);
  });

  it('is forgotten with its project', async () => {
    const { program, studio } = await prepare();
    program.emit('training.epoch', event('job-1', epoch(1), 1));
    await waitFor(() => expect(studio.stores.training.getState().run).toBeDefined());
    await studio.stores.project.getState().close();
    expect(studio.stores.training.getState().run).toBeUndefined();
  });

  it('shows the best epoch beside the last one, and can be stopped or cancelled', async () => {
    const { program, started } = await open({ jobs: [trainJob()] });
    await waitFor(() => expect(trainButton().disabled).toBe(true));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Stop/ }).disabled).toBe(true);
    act(() => {
      program.emit('training.epoch', event('job-1', epoch(1, 0.95), 1));
      program.emit('training.epoch', event('job-1', epoch(2, 0.9), 1));
    });
    await screen.findByText('95.0%');
    expect(screen.getByText('90.0%')).toBeTruthy();
    expect(screen.getByText('at epoch 1')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /^Stop/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() =>
      expect(started).toEqual([
        { method: 'training.stopAndKeepBest', input: { jobId: 'job-1' } },
        { method: 'jobs.cancel', input: { jobId: 'job-1' } },
      ]),
    );
  });

  it('shows nothing of another job', async () => {
    const { program, studio } = await open({ jobs: [trainJob({ id: 'job-2' })] });
    program.emit('training.epoch', event('job-1', epoch(1, 0.95), 1));
    await waitFor(() => expect(studio.stores.training.getState().run).toBeDefined());
    expect(screen.queryByText('95.0%')).toBeNull();
  });
});

describe('starting a training', () => {
  it('passes on the settings and shows the newest model from then on', async () => {
    const { studio, started } = await open({ models: fakePair });
    studio.stores.training.getState().select('model-1');
    await waitFor(() => expect(trainButton().disabled).toBe(false));
    fireEvent.change(screen.getByLabelText('Epochs'), { target: { value: '7' } });
    fireEvent.click(trainButton());
    await waitFor(() =>
      expect(started).toEqual([
        {
          method: 'training.start',
          input: { settings: { ...studio.stores.training.getState().settings, epochs: 7 } },
        },
      ]),
    );
    expect(studio.stores.training.getState().selectedId).toBeUndefined();
  });

  it('waits until there is enough to learn from, and says what is missing', async () => {
    await open(
      {},
      {
        ready: false,
        problems: [
          { blocking: true, message: 'Only one label has photos.', remedy: 'Label two things.' },
        ],
      },
    );
    await screen.findByText('Only one label has photos. Label two things.');
    expect(trainButton().disabled).toBe(true);
  });

  it('by key is off while one runs; stopping is on only then', async () => {
    const idle = await prepare();
    const running = await prepare({ jobs: [trainJob()] });
    const enabled = ({ studio }: typeof idle) =>
      trainingActions(studio).map(({ id, enabled: isOn }) => [id, isOn?.()]);
    expect(enabled(idle)).toEqual([
      ['training.start', true],
      ['training.stop', false],
    ]);
    expect(enabled(running)).toEqual([
      ['training.start', false],
      ['training.stop', true],
    ]);
    await trainingActions(running.studio)
      .find(({ id }) => id === 'training.stop')
      ?.run();
    expect(running.started).toEqual([
      { method: 'training.stopAndKeepBest', input: { jobId: 'job-1' } },
    ]);
  });
});

describe('a setting out of range', () => {
  it('is refused in place, and the last good value stays in use', async () => {
    const { studio } = await open();
    fireEvent.change(screen.getByLabelText('Epochs'), { target: { value: '5000' } });
    await screen.findByText('Out of range; 60 is used.');
    expect(studio.stores.training.getState().settings.epochs).toBe(60);
  });

  it('is put right when the field is left', async () => {
    const { studio } = await open();
    const field = screen.getByLabelText<HTMLInputElement>('Seed');
    fireEvent.change(field, { target: { value: '' } });
    fireEvent.blur(field);
    await waitFor(() => expect(field.value).toBe('1'));
    expect(studio.stores.training.getState().settings.seed).toBe(1);
  });
});

describe('the status of Train', () => {
  function Status() {
    return <output>{trainingPlace.useStatus()}</output>;
  }

  it('counts the epochs of the training that runs', async () => {
    const { program, studio } = await prepare({ jobs: [trainJob()] });
    renderInStudio(studio, <Status />);
    expect(screen.getByRole('status').textContent).toBe('preparing…');
    program.emit('training.epoch', { jobId: 'job-1', record: epoch(1), bestEpoch: 1, epochs: 60 });
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('epoch 1…'));
  });
});
