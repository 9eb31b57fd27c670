import type { Graph, OperatorOptions } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { createRandom } from '@shared/domain/random';
import { normals } from '../../../../fixtures/small-classifier';

export const convolution: OperatorOptions['CONV_2D'] = {
  padding: 'same',
  strideWidth: 1,
  strideHeight: 1,
  dilationWidth: 1,
  dilationHeight: 1,
  activation: 'none',
};

const shape = [1, 6, 6, 4];
export const elements = 6 * 6 * 4;

export type LinearKind = 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'FULLY_CONNECTED';

/** One linear operator on `x`, its output's index and its shape. */
export function linear(builder: GraphBuilder, kind: LinearKind, withBias = true) {
  const random = createRandom(3);
  const constant = (name: string, sizes: number[]) =>
    builder.constant(
      name,
      sizes,
      normals(
        random,
        sizes.reduce((a, b) => a * b, 1),
        0.3,
      ),
    );
  const bias = (count: number) => (withBias ? [constant('bias', [count])] : []);
  if (kind === 'FULLY_CONNECTED') {
    const input = builder.input('x', [1, elements]);
    const inputs = [input, constant('kernel', [5, elements]), ...bias(5)];
    const options = { activation: 'none', keepNumDims: false } as const;
    return { value: builder.operator(kind, 'linear', inputs, [1, 5], options), shape: [1, 5] };
  }
  const input = builder.input('x', shape);
  if (kind === 'CONV_2D') {
    const inputs = [input, constant('kernel', [5, 3, 3, 4]), ...bias(5)];
    const output = [1, 6, 6, 5];
    return { value: builder.operator(kind, 'linear', inputs, output, convolution), shape: output };
  }
  const inputs = [input, constant('kernel', [1, 3, 3, 4]), ...bias(4)];
  const options = { ...convolution, depthMultiplier: 1 };
  return { value: builder.operator(kind, 'linear', inputs, shape, options), shape };
}

/** linear, MUL and ADD by channel, RELU6, DROPOUT and IDENTITY: a layer as it is trained. */
export function trainedLayer(kind: LinearKind): Graph {
  const builder = new GraphBuilder();
  const layer = linear(builder, kind);
  const channels = layer.shape.at(-1) ?? 0;
  const random = createRandom(5);
  const byChannel = (name: string) =>
    builder.constant(name, [channels], normals(random, channels, 1));
  const none = { activation: 'none' } as const;
  const scaled = builder.operator(
    'MUL',
    'bn/mul',
    [layer.value, byChannel('scale')],
    layer.shape,
    none,
  );
  const shifted = builder.operator(
    'ADD',
    'bn/add',
    [byChannel('shift'), scaled],
    layer.shape,
    none,
  );
  const relu = builder.operator('RELU6', 'relu', [shifted], layer.shape, {});
  const dropped = builder.operator('DROPOUT', 'drop', [relu], layer.shape, { rate: 0.2 });
  return builder.finish([builder.operator('IDENTITY', 'out', [dropped], layer.shape, {})]);
}
