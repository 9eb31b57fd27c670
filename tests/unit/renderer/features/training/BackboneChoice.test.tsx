import { BackboneChoice } from '@renderer/features/training/BackboneChoice';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeOpenedBase } from '../../../../fakes/fake-opened-base';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';
import { fakeJob } from '../../fakes/studio-with-models';

const { opened: _, ...facts } = fakeOpenedBase;
const builtIn = {
  ...facts,
  name: 'efficientnet-lite0',
  title: 'Lite0',
  license: 'Apache-2.0',
  trainedOn: 'ImageNet',
};

async function show() {
  const program = createFakeProgram();
  let bases = [fakeOpenedBase];
  program.handlers['training.backbones'] = () => ({ backbones: [builtIn, ...bases] });
  program.handlers['bases.remove'] = ({ name }) => {
    bases = bases.filter((base) => base.name !== name);
    program.emit('bases.changed', {});
    return {};
  };
  const { studio } = await openTestStudio(program);
  renderInStudio(studio, <BackboneChoice />);
  await screen.findByText('from graph.lite · license not known');
  const chosen = () => studio.stores.training.getState().settings.backbone;
  return { studio, program, chosen };
}

const finished = (backbone?: string) =>
  fakeJob({ kind: 'open-base', state: 'done', ...(backbone && { result: { backbone } }) });

it('chooses what was just opened', async () => {
  const { program, chosen } = await show();
  expect(chosen()).toBe('efficientnet-lite0');
  program.emit('jobs.changed', { job: { ...finished(), state: 'running' } });
  expect(chosen()).toBe('efficientnet-lite0');
  program.emit('jobs.changed', { job: finished(fakeOpenedBase.name) });
  await waitFor(() => expect(chosen()).toBe(fakeOpenedBase.name));
});

it('tells what became of the file, and goes back to what came with the studio when it is removed', async () => {
  const { chosen } = await show();
  fireEvent.click(screen.getByRole('radio', { name: /graph/ }));
  expect(chosen()).toBe(fakeOpenedBase.name);
  fireEvent.click(screen.getByRole('button', { name: 'About graph' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('256');
  expect(dialog.textContent).toContain('mean 127.5, standard deviation 127.5');
  expect(dialog.textContent).toContain('1.2e-6');
  expect(dialog.textContent).toContain('Find out before you pass on');
  expect(dialog.textContent).toContain('Cut at pool, 256 features');
  fireEvent.click(screen.getByRole('button', { name: 'Move to trash' }));
  await waitFor(() => expect(screen.queryByText('from graph.lite · license not known')).toBeNull());
  await waitFor(() => expect(chosen()).toBe('efficientnet-lite0'));
});

it('does not keep a base of another project', async () => {
  const program = createFakeProgram();
  program.handlers['training.backbones'] = () => ({ backbones: [builtIn] });
  const { studio } = await openTestStudio(program);
  studio.stores.training.getState().change({ backbone: 'elsewhere-00000000' });
  renderInStudio(studio, <BackboneChoice />);
  await screen.findByText('Lite0');
  await waitFor(() =>
    expect(studio.stores.training.getState().settings.backbone).toBe('efficientnet-lite0'),
  );
});
