import type { Graph } from '../../graph/graph';
import type { AffineEncoding } from '../../quantization/affine-encoding';
import type { TensorFlow } from '../tensor-engine';
import { pretendInt8 } from './pretend-int8';
import { createTunedNetwork, type TunedNetwork } from './tuned-network';

/** The network of a graph; with encodings one that computes as if it were stored in int8 already. */
export function buildNetwork(
  tf: TensorFlow,
  engine: string,
  graph: Graph,
  encodings: ReadonlyMap<number, AffineEncoding> | undefined,
): TunedNetwork {
  return createTunedNetwork(tf, engine, graph, encodings && pretendInt8(tf, graph, encodings));
}
