import { AppError } from '../../../../shared/api/errors';
import type { Graph } from '../../graph/graph';
import { type HeadWeights, joinHead } from '../../graph/join-head';
import { dropUnused } from '../../graph/passes/drop-unused';
import { bytesOf, floatsOf } from '../../graph/tensor-data';
import type { HeadShape } from '../head-network';
import { findBlocks, splitGraph, trainableTensors } from './find-blocks';

/** A classifier in two parts: what stays as it was pretrained, and what is trained. */
export interface CutClassifier {
  stem: Graph;
  /** The last blocks and the head. */
  tail: Graph;
  /** What the tail has with this head and the blocks as they were pretrained. */
  withHead(head: HeadWeights): Float32Array[];
  /** The whole classifier, with these weights in its tail. */
  joined(weights: readonly Float32Array[]): Graph;
}

/**
 * Weights come and go in the order of `trainableTensors(tail)`.
 * @param backbone float32 throughout, as `cleanGraph` leaves it.
 * @throws AppError 'bad-request' when it has fewer blocks.
 */
export function cutAtBlocks(backbone: Graph, blocks: number, shape: HeadShape): CutClassifier {
  const found = findBlocks(backbone);
  const block = found[blocks - 1];
  if (!block) {
    throw new AppError(
      'bad-request',
      `This backbone has ${found.length} blocks that can be trained, not ${blocks}.`,
      found.length === 0 ? 'Train the head alone.' : `Choose at most ${found.length}.`,
    );
  }
  const whole = joinHead(backbone, emptyHead(shape));
  const { stem, tail } = splitGraph(whole, block.tensor);
  const trained = trainableTensors(tail);
  return {
    stem: dropUnused(stem).graph,
    tail: dropUnused(tail).graph,
    withHead(head) {
      const { tensors } = joinHead(backbone, head);
      return trained.flatMap((index) => {
        const tensor = tensors[index];
        return tensor ? [floatsOf(tensor)] : [];
      });
    },
    joined(weights) {
      const tensors = [...whole.tensors];
      trained.forEach((index, at) => {
        const [tensor, values] = [tensors[index], weights[at]];
        if (tensor && values) tensors[index] = { ...tensor, data: bytesOf(values) };
      });
      return { ...whole, tensors };
    },
  };
}

function emptyHead({ featureWidth, classes, hiddenUnits, dropout }: HeadShape): HeadWeights {
  const layer = (inputs: number, units: number) => ({
    kernel: new Float32Array(inputs * units),
    bias: new Float32Array(units),
  });
  return {
    featureWidth,
    classes,
    dropout,
    ...(hiddenUnits > 0
      ? { hidden: { ...layer(featureWidth, hiddenUnits), units: hiddenUnits } }
      : {}),
    output: layer(hiddenUnits || featureWidth, classes),
  };
}
