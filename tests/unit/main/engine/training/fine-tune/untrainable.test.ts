import type { Graph, Operator } from '@main/engine/graph/graph';
import { findBlocks } from '@main/engine/training/fine-tune/find-blocks';
import { lastUntrainable } from '@main/engine/training/fine-tune/untrainable';
import { describe, expect, it } from 'vitest';
import { classifierOf, type Parts } from '../../graph/classifier-shapes';

/** Three layers that look around, then a head. */
const chain = (make: Parts) =>
  make.softmax(make.dense('logits', make.mean(make.see(make.see(make.see())))));

/** The same with its layer at this place changed. */
function changed(at: number, change: (operator: Operator<'CONV_2D'>) => Operator): Graph {
  const graph = classifierOf(chain);
  const operators = graph.operators.map((operator, index) =>
    index === at && operator.kind === 'CONV_2D' ? change(operator) : operator,
  );
  return { ...graph, operators };
}

describe('what training can’t go through', () => {
  it('is nothing of a plain network', () => {
    const graph = classifierOf(chain);
    expect(lastUntrainable(graph)).toBeUndefined();
    expect(findBlocks(graph)).toHaveLength(2);
  });

  it('ends the blocks before it, and is named', () => {
    const skips = changed(1, (operator) => ({
      ...operator,
      name: 'middle',
      options: { ...operator.options, strideWidth: 2, dilationWidth: 2 },
    }));
    expect(lastUntrainable(skips)).toEqual({
      at: 1,
      reason: 'The layer middle (CONV_2D) can’t be fine-tuned: it skips and dilates.',
    });
    expect(findBlocks(skips).map(({ tensor }) => skips.tensors[tensor]?.name)).toEqual(['see']);
  });

  it('leaves no block when it is the last layer, which may be grouped', () => {
    const graph = classifierOf(chain);
    const last = graph.operators[2];
    const kernel = graph.tensors[last?.inputs[1] ?? -1];
    if (!kernel) throw new Error('The last layer has a kernel');
    kernel.shape = [5, 3, 3, 1];
    expect(lastUntrainable(graph)?.reason).toContain('it is grouped');
    expect(findBlocks(graph)).toEqual([]);
  });
});
