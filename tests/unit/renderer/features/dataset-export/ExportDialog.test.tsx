import { ExportDialog } from '@renderer/features/dataset-export/ExportDialog';
import type { Handlers, ParsedInput } from '@shared/api/contract';
import type { ExportPreview } from '@shared/api/dataset-export-api';
import { AppError } from '@shared/api/errors';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeLabels, fakePhoto } from '../../fakes/fake-photos';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

const preview: ExportPreview = {
  photos: 1234,
  bytes: 5_000_000,
  labels: 2,
  splits: { train: 800, validation: 200, test: 234 },
  unlabeled: 0,
  excluded: 0,
  leftOut: { unlabeled: 7, excluded: 0, missing: 2 },
  conflicts: 1,
  freeBytes: 4_000_000,
};

async function open(changes: Partial<ExportPreview> = {}) {
  const program = createFakeProgram({
    photos: [fakePhoto(1, { labelId: 1 })],
    labels: fakeLabels(['banana']),
  });
  const asked: ParsedInput<'datasetExport.preview'>[] = [];
  const started: ParsedInput<'datasetExport.start'>[] = [];
  const handlers: Partial<Handlers> = {
    'datasetExport.preview': (choice) => {
      asked.push(choice);
      return { ...preview, ...changes };
    },
    'datasetExport.start': (choice) => {
      started.push(choice);
      return { jobId: 'job-1' };
    },
  };
  Object.assign(program.handlers, handlers);
  const test = await openTestStudio(program);
  const show = () => {
    test.studio.stores.view.getState().set({ exportOpen: true });
    renderInStudio(test.studio, <ExportDialog />);
    return screen.findByRole('region', { name: 'What will be written' });
  };
  return { ...test, asked, started, show };
}

const isOpen = (test: Awaited<ReturnType<typeof open>>) =>
  test.studio.stores.view.getState().exportOpen;

it('says in numbers what will be written, and what will not', async () => {
  const { show } = await open();
  const numbers = within(await show());
  expect(numbers.getByText('1,234')).toBeDefined();
  expect(numbers.getByText('800 / 200 / 234')).toBeDefined();
  expect(numbers.getByText('7 without a label, 2 missing on the disk')).toBeDefined();
  expect(numbers.getByText(/1 photo has two labels/)).toBeDefined();
  expect(numbers.getByText(/not enough room/)).toBeDefined();
  expect(screen.getByRole('link', { name: 'Report as HTML' }).getAttribute('href')).toBe(
    '/media/dataset/report.html',
  );
});

it('exports in a browser as a download, and counts anew when the choice changes', async () => {
  const test = await open();
  await test.show();
  expect(screen.queryByLabelText('As one zip file')).toBeNull();
  fireEvent.click(screen.getByRole('radio', { name: /COCO/ }));
  fireEvent.click(screen.getByLabelText('With splits'));
  fireEvent.click(screen.getByLabelText('Photos without a label, too'));
  await waitFor(() => expect(test.asked.at(-1)).toMatchObject({ unlabeled: true }));
  fireEvent.click(screen.getByRole('button', { name: 'Export' }));
  await waitFor(() => expect(isOpen(test)).toBe(false));
  expect(test.started).toEqual([
    {
      scope: { kind: 'all' },
      unlabeled: true,
      excluded: false,
      format: 'coco',
      splits: false,
      zip: false,
    },
  ]);
  expect(test.studio.stores.view.getState().trayOpen).toBe(true);
});

it('asks for a folder where the host can, and stays open when that is dismissed', async () => {
  const test = await open();
  const places = [undefined, { placeId: 'place-1', name: 'out' }];
  test.host.choosePlace = async () => places.shift();
  await test.show();
  fireEvent.click(screen.getByLabelText('As one zip file'));
  const button = screen.getByRole('button', { name: 'Export to…' });
  fireEvent.click(button);
  await Promise.resolve();
  expect([isOpen(test), test.started]).toEqual([true, []]);
  fireEvent.click(button);
  await waitFor(() => expect(isOpen(test)).toBe(false));
  expect(test.started).toMatchObject([{ placeId: 'place-1', zip: true }]);
});

it('offers nothing where there is nothing', async () => {
  const nothing = await open({ photos: 0 });
  await nothing.show();
  expect(screen.getByRole('button', { name: 'Export' }).hasAttribute('disabled')).toBe(true);
});

it('shows a refusal and stays open', async () => {
  const test = await open();
  await test.show();
  test.host.choosePlace = () => Promise.reject(new AppError('busy', 'Not now.', 'Later.'));
  fireEvent.click(screen.getByRole('button', { name: 'Export' }));
  expect(await screen.findByText(/Not now\./)).toBeDefined();
  expect(isOpen(test)).toBe(true);
});
