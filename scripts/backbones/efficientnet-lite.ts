import type { Activation, Graph, OperatorOptions } from '../../src/main/engine/graph/graph';
import { GraphBuilder } from '../../src/main/engine/graph/graph-builder';
import { type BatchNorm, foldBatchNorm } from './fold-batch-norm';
import type { TorchTensor } from './read-torch-checkpoint';

/**
 * Blocks of EfficientNet-B0 (Tan and Le 2019, table 1) as [repeats, stride of the first]. Lite
 * models have no squeeze-and-excitation and ReLU6 for swish, and keep stem, head, first and last
 * stage unscaled. Widths and kernel sizes are those of the weights.
 */
const stages = [
  [1, 1],
  [2, 2],
  [2, 2],
  [3, 2],
  [3, 1],
  [4, 2],
  [1, 1],
] as const;

/** Factor of the repeats. */
const depths: Readonly<Record<string, number>> = {
  'efficientnet-lite0': 1,
  'efficientnet-lite1': 1.1,
  'efficientnet-lite2': 1.2,
  'efficientnet-lite3': 1.4,
  'efficientnet-lite4': 1.8,
};

/** Stride of the depthwise convolution of each block. */
function blockStrides(name: string): number[] {
  const depth = depths[name];
  if (depth === undefined) throw new Error(`${name} is no EfficientNet-Lite`);
  return stages.flatMap(([repeats, stride], stage) => {
    const scaled =
      stage === 0 || stage === stages.length - 1 ? repeats : Math.ceil(depth * repeats);
    return [stride, ...Array<number>(scaled - 1).fill(1)];
  });
}

/**
 * The feature extractor of an EfficientNet-Lite: image [1, size, size, 3] to features
 * [1, width of the head], float32, batch normalization folded.
 * @param weights of the PyTorch port, by its parameter names
 */
export function buildEfficientNetLite(
  name: string,
  size: number,
  weights: ReadonlyMap<string, TorchTensor>,
  description: string,
): Graph {
  const network = new Network(weights);
  const image = network.builder.input('image', [1, size, size, 3]);
  let value = network.convolution('stem', '_conv_stem', '_bn0', image, { stride: 2 });
  for (const [block, stride] of blockStrides(name).entries()) {
    value = network.invertedResidual(`block${block}`, `_blocks.${block}`, value, stride);
  }
  value = network.convolution('head', '_conv_head', '_bn1', value, {});
  return network.builder.finish([network.meanOverPixels(value)], description);
}

class Network {
  readonly builder = new GraphBuilder();

  constructor(private readonly weights: ReadonlyMap<string, TorchTensor>) {}

  /** Expand 1x1, depthwise, project 1x1 without activation; added to its input where that fits. */
  invertedResidual(name: string, source: string, input: number, stride: number): number {
    const expands = this.weights.has(`${source}._expand_conv.weight`);
    const wide = expands
      ? this.convolution(`${name}/expand`, `${source}._expand_conv`, `${source}._bn0`, input, {})
      : input;
    const filtered = this.depthwise(
      `${name}/depthwise`,
      `${source}._depthwise_conv`,
      `${source}._bn1`,
      wide,
      stride,
    );
    const output = this.convolution(
      `${name}/project`,
      `${source}._project_conv`,
      `${source}._bn2`,
      filtered,
      { activation: 'none' },
    );
    const shape = this.builder.shapeOf(output);
    if (shape.join() !== this.builder.shapeOf(input).join()) return output;
    return this.builder.operator('ADD', `${name}/add`, [output, input], shape, {
      activation: 'none',
    });
  }

  convolution(
    name: string,
    source: string,
    norm: string,
    input: number,
    { stride = 1, activation = 'relu6' }: { stride?: number; activation?: Activation },
  ): number {
    const { kernel, bias } = foldBatchNorm(this.tensor(`${source}.weight`), this.norm(norm));
    const [out = 0, inner = 0, height = 0, width = 0] = kernel.shape;
    const inputs = [
      input,
      this.builder.constant(`${name}/kernel`, [out, height, width, inner], channelsLast(kernel)),
      this.builder.constant(`${name}/bias`, [out], bias),
    ];
    const options = { ...sameConvolution(stride), activation };
    return this.builder.operator(
      'CONV_2D',
      name,
      inputs,
      this.shapeAfter(input, stride, out),
      options,
    );
  }

  private depthwise(
    name: string,
    source: string,
    norm: string,
    input: number,
    stride: number,
  ): number {
    const { kernel, bias } = foldBatchNorm(this.tensor(`${source}.weight`), this.norm(norm));
    const [channels = 0, , height = 0, width = 0] = kernel.shape;
    // [channels, 1, h, w] is [1, channels, h, w] in memory; TFLite wants [1, h, w, channels].
    const values = channelsLast({ ...kernel, shape: [1, channels, height, width] });
    const inputs = [
      input,
      this.builder.constant(`${name}/kernel`, [1, height, width, channels], values),
      this.builder.constant(`${name}/bias`, [channels], bias),
    ];
    return this.builder.operator(
      'DEPTHWISE_CONV_2D',
      name,
      inputs,
      this.shapeAfter(input, stride, channels),
      { ...sameConvolution(stride), depthMultiplier: 1 },
    );
  }

  meanOverPixels(input: number): number {
    const axes = this.builder.constant('axes', [2], Int32Array.of(1, 2));
    const shape = [1, this.builder.shapeOf(input)[3] ?? 0];
    return this.builder.operator('MEAN', 'features', [input, axes], shape, { keepDims: false });
  }

  private shapeAfter(input: number, stride: number, channels: number): number[] {
    const [, height = 0, width = 0] = this.builder.shapeOf(input);
    return [1, Math.ceil(height / stride), Math.ceil(width / stride), channels];
  }

  private norm(name: string): BatchNorm {
    return {
      gamma: this.tensor(`${name}.weight`).values,
      beta: this.tensor(`${name}.bias`).values,
      mean: this.tensor(`${name}.running_mean`).values,
      variance: this.tensor(`${name}.running_var`).values,
    };
  }

  private tensor(name: string): TorchTensor {
    const tensor = this.weights.get(name);
    if (!tensor) throw new Error(`The checkpoint has no ${name}`);
    return tensor;
  }
}

const sameConvolution = (stride: number): OperatorOptions['CONV_2D'] => ({
  padding: 'same',
  strideWidth: stride,
  strideHeight: stride,
  dilationWidth: 1,
  dilationHeight: 1,
  activation: 'relu6',
});

/** [out, in, h, w] to [out, h, w, in]. */
function channelsLast({ shape, values }: TorchTensor): Float32Array {
  const [out = 0, inner = 0, height = 0, width = 0] = shape;
  const pixels = height * width;
  const moved = new Float32Array(values.length);
  for (let o = 0; o < out; o++) {
    for (let i = 0; i < inner; i++) {
      for (let p = 0; p < pixels; p++) {
        moved[(o * pixels + p) * inner + i] = values[(o * inner + i) * pixels + p] ?? 0;
      }
    }
  }
  return moved;
}
