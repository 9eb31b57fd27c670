import { shellActions } from '@renderer/shell/shell-actions';
import { useActionKeys } from '@renderer/actions/use-action-keys';
import { useStudio } from '@renderer/stores/use-studio';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { useCallback } from 'react';
import { expect, it } from 'vitest';
import { fakeLabels, fakePhoto } from '../fakes/fake-photos';
import { createFakeProgram } from '../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../fakes/render-studio';

function Keys() {
  const studio = useStudio();
  useActionKeys(useCallback(() => shellActions(studio), [studio]));
  return undefined;
}

const undo = () =>
  act(async () => void fireEvent.keyDown(window, { key: 'z', code: 'KeyZ', ctrlKey: true }));

async function open() {
  const program = createFakeProgram({ photos: [fakePhoto(1)], labels: fakeLabels(['hat']) });
  const { studio } = await openTestStudio(program);
  renderInStudio(studio, <Keys />);
  return { program, studio };
}

it('takes back an edit of which the summary has not heard yet', async () => {
  const { program, studio } = await open();
  const release = program.hold('dataset.summary');
  await studio.edits.assignLabel([1], 1);
  expect(studio.stores.dataset.getState().summary?.undo).toBeUndefined();
  await undo();
  await waitFor(() => expect(program.photos[0]?.labelId).toBeUndefined());
  release();
});

it('says calmly that there is nothing to take back', async () => {
  await open();
  await undo();
  const sentence = await screen.findByText('There is nothing to undo.');
  expect(sentence.closest('[id]')?.id).toBe('done');
});
