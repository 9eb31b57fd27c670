import { ImportModelDialog } from '@renderer/features/training/ImportModelDialog';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { openStudioWithModels } from '../../fakes/studio-with-models';

it('stages the file and passes on what was said of it', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  const asked: unknown[] = [];
  program.handlers['models.import'] = (input) => {
    asked.push(input);
    return { jobId: 'job-1' };
  };
  renderInStudio(studio, <ImportModelDialog />);
  fireEvent.click(screen.getByRole('button', { name: 'Open a model file' }));
  const open = await screen.findByRole('button', { name: 'Open' });
  expect(open).toHaveProperty('disabled', true);
  const file = new File(['TFL3'], 'rival.tflite');
  const input = document.querySelector('input[type="file"]');
  if (!input) throw new Error('There is a file input');
  fireEvent.change(input, { target: { files: [file] } });
  fireEvent.change(screen.getByLabelText('Labels'), { target: { value: 'whisk\n grater \n' } });
  fireEvent.change(screen.getByLabelText('Mean'), { target: { value: '127.5' } });
  fireEvent.change(screen.getByLabelText('Standard deviation'), { target: { value: '127.5' } });
  fireEvent.click(open);
  await waitFor(() =>
    expect(asked).toMatchObject([
      { stated: { labels: ['whisk', 'grater'], mean: 127.5, std: 127.5, cropFraction: 1 } },
    ]),
  );
});

it('opens a file to train on without any labels', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  const asked: unknown[] = [];
  program.handlers['bases.open'] = (input) => {
    asked.push(input.stated);
    return { jobId: 'job-1' };
  };
  renderInStudio(studio, <ImportModelDialog />);
  fireEvent.click(screen.getByRole('button', { name: 'Open a model file' }));
  fireEvent.click(await screen.findByRole('radio', { name: 'To train on' }));
  expect(screen.queryByLabelText('Labels')).toBeNull();
  const input = document.querySelector('input[type="file"]');
  if (!input) throw new Error('There is a file input');
  fireEvent.change(input, { target: { files: [new File(['TFL3'], 'graph.lite')] } });
  fireEvent.change(screen.getByLabelText('Mean'), { target: { value: '127.5' } });
  fireEvent.change(screen.getByLabelText('Standard deviation'), { target: { value: '127.5' } });
  fireEvent.click(screen.getByRole('button', { name: 'Open' }));
  await waitFor(() => expect(asked).toEqual([{ mean: 127.5, std: 127.5, cropFraction: 1 }]));
});

it('stages all files of a TensorFlow.js model together', async () => {
  const { studio, program, host } = await openStudioWithModels({ models: fakePair });
  const asked: unknown[] = [];
  program.handlers['models.import'] = (input) => {
    asked.push(input);
    return { jobId: 'job-1' };
  };
  renderInStudio(studio, <ImportModelDialog />);
  fireEvent.click(screen.getByRole('button', { name: 'Open a model file' }));
  const open = await screen.findByRole('button', { name: 'Open' });
  const names = ['metadata.json', 'model.json', 'weights.bin'];
  const input = document.querySelector('input[type="file"]');
  if (!input) throw new Error('There is a file input');
  expect(input).toHaveProperty('multiple', true);
  fireEvent.change(input, { target: { files: names.map((name) => new File(['{}'], name)) } });
  fireEvent.click(open);
  await waitFor(() => expect(asked).toMatchObject([{ sourceId: 'source-2' }]));
  expect(host.shots.map(({ name }) => name)).toEqual(names);
});
