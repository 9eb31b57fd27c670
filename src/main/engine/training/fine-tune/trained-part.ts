import { AppError } from '../../../../shared/api/errors';
import type { Graph } from '../../graph/graph';
import { linkGraph } from '../../graph/passes/graph-links';
import { findBlocks } from './find-blocks';

/**
 * The tensor where the part of a classifier begins that is trained for int8: its last blocks and its
 * head or, with 0, the dense layers before its SOFTMAX alone.
 * @throws AppError 'model-unsupported' without such layers, 'bad-request' with fewer blocks.
 */
export function startOfTrainedPart(graph: Graph, blocks: number): number {
  if (blocks > 0) {
    const found = findBlocks(graph);
    const block = found[blocks - 1];
    if (block) return block.tensor;
    throw new AppError(
      'bad-request',
      `This model has ${found.length} blocks that can be trained, not ${blocks}.`,
      `Choose at most ${found.length}, or 0 for the head alone.`,
    );
  }
  const links = linkGraph(graph);
  const softmax = links.producer(graph.outputs[0] ?? -1);
  let start = softmax?.kind === 'SOFTMAX' ? (softmax.inputs[0] ?? -1) : -1;
  let layers = 0;
  for (;;) {
    const dense = links.producer(start);
    if (dense?.kind !== 'FULLY_CONNECTED') break;
    start = dense.inputs[0] ?? -1;
    layers += 1;
  }
  if (layers > 0) return start;
  throw new AppError(
    'model-unsupported',
    'This model does not end in dense layers and a SOFTMAX, so its head can’t be trained for int8.',
    'Quantize it without training for it.',
  );
}
