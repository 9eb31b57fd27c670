import { GraphButton } from '@renderer/features/training/graph/GraphButton';
import { GraphView } from '@renderer/features/training/graph/GraphView';
import { AppError } from '@shared/api/errors';
import type { GraphSummary } from '@shared/domain/graph-summary';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { fakeGraph } from '../../../fakes/fake-graph';
import { createFakeProgram } from '../../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../../fakes/render-studio';

// jsdom lays nothing out: the list would have no height, and so no rows.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  return () => vi.restoreAllMocks();
});

async function show(summary: GraphSummary) {
  const { studio } = await openTestStudio(createFakeProgram());
  renderInStudio(studio, <GraphView summary={summary} />);
  await screen.findAllByRole('option');
}

const chosen = () => screen.getByRole('option', { selected: true }).textContent;

it('lists operators with their weights and share, and tells all about the chosen one', async () => {
  await show(fakeGraph());
  expect(screen.getAllByRole('option')).toHaveLength(3);
  fireEvent.click(screen.getByText('ADD', { selector: 'span' }));
  const details = screen.getByRole('complementary', { name: 'Operator 3' });
  expect(within(details).getAllByText(/scale 0.0625, zero point -4/)).toHaveLength(3);
  fireEvent.click(within(details).getByRole('button', { name: '#1' }));
  const first = screen.getByRole('complementary', { name: 'Operator 1' });
  expect(within(first).getByText('1,000 (66.7%)')).toBeTruthy();
  expect(within(first).getByText(/4 scales along axis 0/)).toBeTruthy();
  expect(
    within(first)
      .getAllByRole('button')
      .map((way) => way.textContent),
  ).toEqual(['#2', '#3']);
});

it('is walked by arrow keys', async () => {
  await show(fakeGraph());
  const list = screen.getByRole('listbox');
  fireEvent.keyDown(list, { key: 'End' });
  expect(chosen()).toContain('ADD');
  fireEvent.keyDown(list, { key: 'ArrowUp' });
  expect(chosen()).toContain('DEPTHWISE_CONV_2D');
  fireEvent.keyDown(list, { key: 'Home' });
  expect(chosen()).toMatch(/^1CONV_2D/);
});

it('finds operators one after the other, and by kind', async () => {
  await show(fakeGraph());
  const search = screen.getByRole('textbox');
  fireEvent.change(search, { target: { value: 'conv' } });
  expect(screen.getByRole('status').textContent).toBe('2 found');
  fireEvent.keyDown(search, { key: 'Enter' });
  expect(chosen()).toMatch(/^1CONV_2D/);
  fireEvent.keyDown(search, { key: 'Enter' });
  expect(chosen()).toContain('DEPTHWISE_CONV_2D');
  fireEvent.keyDown(search, { key: 'Enter' });
  expect(chosen()).toMatch(/^1CONV_2D/);
  fireEvent.keyDown(search, { key: 'Enter', shiftKey: true });
  expect(chosen()).toContain('DEPTHWISE_CONV_2D');
  fireEvent.click(screen.getByRole('button', { name: /^ADD/ }));
  expect(screen.getByRole('status').textContent).toBe('1 found');
});

it('opens at what is in the way, and names it', async () => {
  const graph = fakeGraph();
  const [, second] = graph.operators;
  if (second) second.obstacle = 'the studio does not know it';
  await show({ ...graph, obstacle: 'This model uses DEPTHWISE_CONV_2D.', precision: undefined });
  expect(screen.getByText('This model uses DEPTHWISE_CONV_2D.')).toBeTruthy();
  expect(screen.getByRole('complementary', { name: 'Operator 2' })).toBeTruthy();
});

it('reads the file when asked to, and says why it can’t', async () => {
  const { studio } = await openTestStudio(createFakeProgram());
  const load = vi
    .fn<() => Promise<GraphSummary>>()
    .mockRejectedValueOnce(new AppError('model-unreadable', 'It is damaged.', 'Export it anew.'))
    .mockResolvedValueOnce(fakeGraph());
  renderInStudio(studio, <GraphButton label="Graph" name="Lite0" load={load} />);
  fireEvent.click(screen.getByRole('button', { name: 'Graph' }));
  expect(await screen.findByText('It is damaged.')).toBeTruthy();
  expect(screen.queryByRole('dialog')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Graph' }));
  await waitFor(() => expect(screen.getByRole('dialog', { name: 'Graph of Lite0' })).toBeTruthy());
});
