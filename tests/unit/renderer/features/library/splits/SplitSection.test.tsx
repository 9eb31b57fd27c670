import { LeakPanel } from '@renderer/features/library/splits/LeakPanel';
import { SplitSection } from '@renderer/features/library/splits/SplitSection';
import type { LeakWorth } from '@shared/domain/leak-worth';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeLabels, fakePhoto } from '../../../fakes/fake-photos';
import { createFakeProgram } from '../../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../../fakes/render-studio';

const photos = [
  fakePhoto(1, { labelId: 1, split: 'train' }),
  fakePhoto(2, { labelId: 1, split: 'test' }),
];

const worth: LeakWorth = {
  at: '2026-01-02T03:04:05.000Z',
  backbone: 'EfficientNet-Lite0',
  photos: 280,
  groups: 43,
  repeats: 20,
  naive: { mean: 0.97, interval: { low: 0.96, high: 0.98 } },
  honest: { mean: 0.94, interval: { low: 0.93, high: 0.95 } },
  difference: { mean: 0.03, interval: { low: 0.02, high: 0.04 } },
  leaked: 0.41,
};

async function open(change: Parameters<typeof Object.assign>[1] = {}) {
  const program = createFakeProgram({ photos, labels: fakeLabels(['hat', 'cup']) });
  Object.assign(program, change);
  const { studio } = await openTestStudio(program);
  return { program, studio };
}

describe('splits in the panel', () => {
  it('brings copies together that straddle', async () => {
    const { program, studio } = await open({ splits: { straddling: 3 } });
    renderInStudio(studio, <SplitSection />);
    expect(await screen.findByText(/3 groups of copies are in more than one split/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Keep them together' }));
    await waitFor(() => expect(screen.queryByText(/groups of copies/)).toBeNull());
    expect(program.calls).toContain('splits.keepTogether');
  });

  it('locks the test set and opens it again', async () => {
    const { studio } = await open();
    renderInStudio(studio, <SplitSection />);
    fireEvent.click(await screen.findByRole('button', { name: 'Lock the test set' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Unlock the test set' }));
    expect(await screen.findByRole('button', { name: 'Lock the test set' })).toBeTruthy();
  });

  it('says what is held out and which label nothing is tested on', async () => {
    const { studio } = await open({ splits: { heldOut: 1, withoutTest: [2] } });
    renderInStudio(studio, <SplitSection />);
    expect(await screen.findByText(/1 photo is held out/)).toBeTruthy();
    expect(screen.getByText('No test photo: cup.')).toBeTruthy();
  });
});

describe('what a leak is worth', () => {
  it('is two accuracies, a sentence and where they come from', async () => {
    const { studio } = await open({ worth });
    renderInStudio(studio, <LeakPanel />);
    expect(await screen.findByText('97.0%')).toBeTruthy();
    expect(screen.getByText('94.0%')).toBeTruthy();
    expect(screen.getByText(/change the accuracy by \+3.0 pts/)).toBeTruthy();
    expect(screen.getByText(/41% of test photos have a copy in training/)).toBeTruthy();
    expect(screen.getByText(/Means of 20 draws/)).toBeTruthy();
  });

  it('is called chance when the draws cannot tell', async () => {
    const difference = { mean: 0.002, interval: { low: -0.01, high: 0.014 } };
    const { studio } = await open({ worth: { ...worth, difference } });
    renderInStudio(studio, <LeakPanel />);
    expect(await screen.findByText(/within chance/)).toBeTruthy();
  });

  it('is measured when asked', async () => {
    const { program, studio } = await open();
    renderInStudio(studio, <LeakPanel />);
    fireEvent.click(await screen.findByRole('button', { name: 'Measure' }));
    await waitFor(() => expect(program.calls).toContain('leak.measure'));
  });
});
