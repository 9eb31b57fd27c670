import { notifications } from '@mantine/notifications';
import { chosenExport } from '@renderer/features/deploy/chosen-export';
import { deployActions } from '@renderer/features/deploy/deploy-actions';
import { deployPlace } from '@renderer/features/deploy/deploy-place';
import { DeployPlace } from '@renderer/features/deploy/DeployPlace';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFakeModel, createPreprocessing } from '../../../../fakes/fake-model';
import { createFakeComparison, fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { fakeJob, openStudioWithModels } from '../../fakes/studio-with-models';

async function open(content: Parameters<typeof openStudioWithModels>[0] = { models: fakePair }) {
  const test = await openStudioWithModels(content);
  renderInStudio(test.studio, <DeployPlace />);
  return test;
}

const exportJob = (change: Parameters<typeof fakeJob>[0]) =>
  fakeJob({ kind: 'export', title: 'Exporting Lite0 int8', ...change });

describe('the model to export', () => {
  const [int8, float] = fakePair;

  it('is the newest quantized one', () => {
    const newerFloat = createFakeModel({ id: 'model-5' });
    const quantized = createFakeModel({
      id: 'model-4',
      parentId: 'model-1',
      quantization: {
        settings: {
          precision: 'int8',
          io: 'uint8',
          calibration: { count: 1, choice: 'random', ranges: 'min-max', seed: 1 },
          biasCorrection: false,
          equalization: false,
          roundingSearch: false,
          keepFloat: [],
        },
        calibrationPhotos: 1,
        seconds: 1,
        changes: [],
        check: { photos: 1, agreement: 1, largestDifference: 0 },
      },
    });
    expect(chosenExport(undefined, [newerFloat, quantized])?.id).toBe('model-4');
  });

  it('is the newest one when none was quantized, and none without models', () => {
    expect(chosenExport(undefined, float ? [float] : [])?.id).toBe('model-1');
    expect(chosenExport(undefined, [])).toBeUndefined();
  });

  it('is the chosen one while the library has it', () => {
    expect(chosenExport('model-1', fakePair)?.id).toBe('model-1');
    expect(chosenExport('model-9', fakePair)?.id).toBe(int8?.id);
  });
});

describe('export', () => {
  const exportButton = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Export/ });

  it('in a browser starts a job and offers its download when it is done', async () => {
    const { program, started } = await open();
    fireEvent.click(exportButton());
    await waitFor(() =>
      expect(started).toEqual([{ method: 'deploy.exportModel', input: { modelId: 'model-2' } }]),
    );
    expect(screen.queryByRole('link', { name: 'Download ZIP' })).toBeNull();
    program.emit('jobs.changed', {
      job: exportJob({ state: 'done', result: { exportId: 'export-3' } }),
    });
    const link = await screen.findByRole('link', { name: 'Download ZIP' });
    expect(link.getAttribute('href')).toBe('/media/export/export-3.zip');
  });

  it('in a window asks for a folder and names it when it is done', async () => {
    const test = await openStudioWithModels({ models: fakePair });
    test.host.choosePlace = async () => ({ placeId: 'place-1', name: 'App' });
    renderInStudio(test.studio, <DeployPlace />);
    fireEvent.click(screen.getByRole('button', { name: /^Export to a folder/ }));
    await waitFor(() =>
      expect(test.started[0]?.input).toEqual({ modelId: 'model-2', placeId: 'place-1' }),
    );
    test.program.emit('jobs.changed', {
      job: exportJob({ state: 'done', result: { folder: '/home/ada/App' } }),
    });
    await screen.findByText('/home/ada/App');
    expect(screen.queryByRole('link', { name: 'Download ZIP' })).toBeNull();
  });

  it('does nothing when the folder dialog is dismissed', async () => {
    const { studio, host, started } = await openStudioWithModels({ models: fakePair });
    host.choosePlace = async () => undefined;
    await studio.stores.deploy.getState().exportModel('model-2');
    expect(started).toEqual([]);
  });

  it('takes the model that was chosen, also by key', async () => {
    const { studio, started } = await open();
    fireEvent.click(screen.getByRole('radio', { name: /Lite0 float32/ }));
    await screen.findByRole('heading', { name: 'Lite0' });
    const [action] = deployActions(studio);
    await action?.run();
    expect(started[0]?.input).toEqual({ modelId: 'model-1' });
  });

  it('waits for the one that runs, which can be cancelled', async () => {
    const { studio, started } = await open({
      models: fakePair,
      jobs: [exportJob({ id: 'job-4', step: 'Packing' })],
    });
    expect(exportButton().disabled).toBe(true);
    expect(deployActions(studio)[0]?.enabled?.()).toBe(false);
    fireEvent.click(screen.getByText('Cancel'));
    await waitFor(() =>
      expect(started).toEqual([{ method: 'jobs.cancel', input: { jobId: 'job-4' } }]),
    );
  });

  it('says in place why it failed', async () => {
    await open({
      models: fakePair,
      jobs: [
        exportJob({
          state: 'failed',
          error: { code: 'no-space', message: 'The disk is full.', remedy: 'Make room.' },
        }),
      ],
    });
    expect(screen.getByRole('alert').textContent).toContain('The disk is full. Make room.');
  });
});

describe('the Deploy place', () => {
  it('sends to Train while there is no model', async () => {
    const { studio } = await open({});
    fireEvent.click(screen.getByText('Go to Train'));
    expect(studio.stores.view.getState().place).toBe('train');
  });

  it('quotes accuracy from the newest comparison only', async () => {
    await open({ models: fakePair, comparisons: [createFakeComparison()] });
    expect(await screen.findByText('60.0%')).toBeTruthy();
  });

  it('says that a model was not compared', async () => {
    await open();
    expect(screen.getByText('not part of the newest comparison')).toBeTruthy();
  });
});

describe('the preprocessing contract', () => {
  const preprocessing = createPreprocessing({
    width: 224,
    height: 224,
    cropFraction: 0.875,
    input: { type: 'uint8', scale: 0.0078125, zeroPoint: 127 },
  });

  afterEach(() => {
    vi.restoreAllMocks();
    notifications.clean();
  });

  it('is read as a table', async () => {
    await open({ models: [createFakeModel({ preprocessing })] });
    const row = (name: string) => within(screen.getByRole('row', { name: new RegExp(`^${name}`) }));
    expect(row('Resize').getByText('To 224 × 224, bicubic with antialiasing')).toBeTruthy();
    expect(row('Crop').getByText('Centered square of 87.5% of the short side')).toBeTruthy();
    expect(
      row('Store as input').getByText('uint8: real = 0.0078125 × (stored − 127)'),
    ).toBeTruthy();
    expect(row('Labels').getByText('0 banana · 1 hat')).toBeTruthy();
  });

  it('is copied as the JSON it is', async () => {
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await open({ models: [createFakeModel({ preprocessing })] });
    fireEvent.click(screen.getByRole('button', { name: 'Copy as JSON' }));
    await screen.findByText('The contract is on the clipboard.');
    expect(JSON.parse(String(writeText.mock.calls[0]?.[0]))).toEqual(preprocessing);
  });

  it('is there to be copied by hand when the clipboard refuses', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
    await open({ models: [createFakeModel({ preprocessing })] });
    fireEvent.click(screen.getByRole('button', { name: 'Copy as JSON' }));
    const dialog = within(await screen.findByRole('dialog'));
    const text = dialog.getByLabelText<HTMLTextAreaElement>('Copy as JSON').value;
    expect(JSON.parse(text)).toEqual(preprocessing);
    expect(screen.queryByText('The contract is on the clipboard.')).toBeNull();
  });
});

describe('the status of Deploy', () => {
  function Status() {
    return <output>{deployPlace.useStatus()}</output>;
  }
  const status = async (content: Parameters<typeof openStudioWithModels>[0]) => {
    const { studio } = await openStudioWithModels(content);
    renderInStudio(studio, <Status />);
    return screen.getByRole('status').textContent;
  };

  it('is empty without a model', async () => {
    expect(await status({})).toBe('');
  });

  it('says that a model is ready', async () => {
    expect(await status({ models: fakePair })).toBe('ready to export');
  });

  it('says when the last export ended', async () => {
    const finishedAt = new Date(Date.now() - 3 * 60_000).toISOString();
    const jobs = [exportJob({ state: 'done', finishedAt })];
    expect(await status({ models: fakePair, jobs })).toBe('exported 3 min. ago');
  });

  it('says that one is running', async () => {
    expect(await status({ models: fakePair, jobs: [exportJob({})] })).toBe('exporting…');
  });
});
