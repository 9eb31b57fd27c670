import { compareToFirst, scoreAnswers } from '@shared/domain/comparison-math';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeComparison, fakeLabelNames, fakePair } from '../../fakes/fake-comparison';
import { openCompare, runButton } from '../../fakes/open-compare';

const extra = ['model-3', 'model-4'].map((id) => createFakeModel({ id, name: `Other ${id}` }));

it('models are added to the usual ones, and compared in that order', async () => {
  const { started } = await openCompare({ models: [...fakePair, ...extra] });
  fireEvent.click(screen.getByLabelText('Other models', { selector: 'input' }));
  for (const name of ['Other model-4 · float32', 'Other model-3 · float32']) {
    // The first model's list has it as well.
    const options = await screen.findAllByText(name);
    fireEvent.click(options.at(-1) ?? document.body);
  }
  fireEvent.click(runButton());
  await waitFor(() =>
    expect(started).toEqual([
      {
        method: 'evaluation.compare',
        input: { modelIds: ['model-1', 'model-2', 'model-4', 'model-3'], split: 'test' },
      },
    ]),
  );
});

it('four models have a sentence each, and one difference is shown at a time', async () => {
  const two = createFakeComparison();
  const [first, second] = two.models;
  if (!first || !second) throw new Error('There are two models');
  const answers = two.answers.map((answer) => {
    const [own = [], other = []] = answer.probabilities;
    return { ...answer, probabilities: [own, other, own, other] };
  });
  const others = extra.map(({ id, name }) => ({ ...first, modelId: id, name }));
  const models = [first, second, ...others].map((model, index) => ({
    ...model,
    ...scoreAnswers(fakeLabelNames, answers, index),
  }));
  const differences = [1, 2, 3].map((index) => compareToFirst(models, answers, index, String));
  const comparison = createFakeComparison(answers, { models, differences });
  await openCompare({ models: [...fakePair, ...extra], comparisons: [comparison] });
  await screen.findByRole('article');
  const sentences = [...document.querySelectorAll('header li')].map((item) => item.textContent);
  expect(sentences).toHaveLength(3);
  expect(sentences[2]).toMatch(/^Other model-4 is /);
  const choice = screen.getByLabelText('Which difference', { selector: 'input' });
  expect((choice as HTMLInputElement).value).toMatch(/^int8 against/);
  fireEvent.click(choice);
  fireEvent.click(await screen.findByText(/^Other model-3 against/));
  // It answers as the first one does.
  await screen.findByText('No photo changed its answer');
});
