import type { Graph } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { createRandom } from '@shared/domain/random';
import { normals, sameConvolution } from '../../../../fixtures/small-classifier';

const side = 6;
const channels = 5;
const labels = 3;

/** Parts that classifiers are put together from, with random weights. */
export class Parts {
  readonly builder = new GraphBuilder();
  readonly image = this.builder.input('image', [1, side, side, 3]);
  private readonly random = createRandom(3);

  private weights(name: string, shape: number[], spread = 0.6): number {
    const count = shape.reduce((product, size) => product * size, 1);
    return this.builder.constant(name, shape, normals(this.random, count, spread));
  }

  /** 3x3 with RELU6: [1, side, side, channels]. */
  see(from = this.image): number {
    const entering = this.builder.shapeOf(from).at(-1) ?? 0;
    const inputs = [
      from,
      this.weights('see/kernel', [channels, 3, 3, entering]),
      this.weights('see/bias', [channels]),
    ];
    return this.builder.operator(
      'CONV_2D',
      'see',
      inputs,
      [1, side, side, channels],
      sameConvolution,
    );
  }

  pool(from: number): number {
    const shape = this.builder.shapeOf(from);
    const size = shape[1] ?? 1;
    return this.builder.operator('AVERAGE_POOL_2D', 'pool', [from], [1, 1, 1, shape[3] ?? 0], {
      padding: 'valid',
      strideWidth: 1,
      strideHeight: 1,
      filterWidth: size,
      filterHeight: size,
      activation: 'none',
    });
  }

  mean(from: number): number {
    const axes = this.builder.constant('axes', [2], Int32Array.of(1, 2));
    return this.builder.operator('MEAN', 'mean', [from, axes], [1, channels], { keepDims: false });
  }

  flat(from: number, name = 'flat'): number {
    const width = this.builder.shapeOf(from).reduce((product, size) => product * size, 1);
    const newShape = [1, width];
    return this.builder.operator('RESHAPE', name, [from], newShape, { newShape });
  }

  dense(name: string, from: number, units = labels, activation: 'none' | 'relu' = 'none'): number {
    const width = this.builder.shapeOf(from).reduce((product, size) => product * size, 1);
    const inputs = [
      from,
      this.weights(`${name}/kernel`, [units, width]),
      this.weights(`${name}/bias`, [units]),
    ];
    return this.builder.operator('FULLY_CONNECTED', name, inputs, [1, units], {
      activation,
      keepNumDims: false,
    });
  }

  /** 1x1 convolution of what is one place. */
  pointwise(name: string, from: number, units = labels): number {
    const width = this.builder.shapeOf(from).at(-1) ?? 0;
    const inputs = [
      from,
      this.weights(`${name}/kernel`, [units, 1, 1, width]),
      this.weights(`${name}/bias`, [units]),
    ];
    const shape = [...this.builder.shapeOf(from).slice(0, -1), units];
    return this.builder.operator('CONV_2D', name, inputs, shape, {
      ...sameConvolution,
      activation: 'none',
    });
  }

  softmax(from: number, name = 'probabilities'): number {
    return this.builder.operator('SOFTMAX', name, [from], this.builder.shapeOf(from), { beta: 1 });
  }
}

/** Makes a graph of its own parts; `make` names its outputs. */
export function classifierOf(make: (parts: Parts) => number | number[]): Graph {
  const parts = new Parts();
  const outputs = make(parts);
  return parts.builder.finish(typeof outputs === 'number' ? [outputs] : outputs);
}

/** Values of its input. */
export const classifierInput = side * side * 3;
