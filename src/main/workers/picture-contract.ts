import { AppError } from '../../shared/api/errors';
import type { Preprocessing, TensorEncoding } from '../../shared/domain/preprocessing';
import type { Graph, Tensor } from '../engine/graph/graph';
import type { ModelMetadata } from '../engine/graph/model-metadata';
import type { StatedContract } from './tasks/model-tasks';

/** @throws AppError 'model-unsupported' where there are none or several. */
export function only(graph: Graph, role: 'inputs' | 'outputs'): Tensor {
  const [index = -1, ...more] = graph[role];
  const tensor = graph.tensors[index];
  if (tensor && more.length === 0) return tensor;
  throw new AppError(
    'model-unsupported',
    `This is no image classifier: it has ${more.length + (tensor ? 1 : 0)} ${role}.`,
    'Open a file with one picture as its input and one row of probabilities as its output.',
  );
}

/**
 * How a file that was made elsewhere wants its pictures, from what was said of it and what it says itself.
 * @throws AppError 'model-unsupported' for an input that is no RGB picture, 'bad-request' where nobody says
 * how its values are normalized.
 */
export function contractOf(
  graph: Graph,
  metadata: ModelMetadata,
  stated: StatedContract,
  labels: string[],
): Preprocessing {
  const input = only(graph, 'inputs');
  const [batch, height, width, channels, ...rest] = input.shape;
  if (batch !== 1 || !height || !width || channels !== 3 || rest.length > 0) {
    throw new AppError(
      'model-unsupported',
      `The model’s input is [${input.shape.join(', ')}], not one RGB picture of [1, height, width, 3].`,
      'Open a file that takes one picture at a time.',
    );
  }
  const encoding = encodingOf(input);
  const { mean, std } = normalizationOf(encoding, metadata, stated);
  const known = metadata.preprocessing;
  return {
    version: 1,
    width,
    height,
    channelOrder: 'RGB',
    cropFraction: stated.cropFraction ?? known?.cropFraction ?? 1,
    resize: 'bicubic-antialiased',
    background: known?.background ?? [255, 255, 255],
    mean,
    std,
    input: encoding,
    output: encodingOf(only(graph, 'outputs')),
    labels,
  };
}

function encodingOf({ type, name, quantization }: Tensor): TensorEncoding {
  if (type === 'float32') return { type };
  const [scale, zeroPoint] = [quantization?.scale[0], quantization?.zeroPoint[0]];
  if ((type === 'uint8' || type === 'int8') && scale !== undefined && zeroPoint !== undefined) {
    return { type, scale, zeroPoint };
  }
  throw new AppError(
    'model-unsupported',
    `The tensor ${name} is of type ${type}${scale === undefined ? ', without a scale' : ''}.`,
    'Inputs and outputs can be float32, or uint8 and int8 with scale and zero point.',
  );
}

function normalizationOf(
  encoding: TensorEncoding,
  { preprocessing, normalization }: ModelMetadata,
  stated: StatedContract,
): Pick<Preprocessing, 'mean' | 'std'> {
  const all = (values: readonly number[]): Preprocessing['mean'] => [
    values[0] ?? 0,
    values[1] ?? values[0] ?? 0,
    values[2] ?? values[0] ?? 0,
  ];
  if (encoding.type !== 'float32') {
    if (stated.mean ?? stated.std) {
      throw new AppError(
        'bad-request',
        `The model takes ${encoding.type} values: their scale and zero point say how they are normalized.`,
        'Leave mean and standard deviation out.',
      );
    }
    // Apps give such an input the bytes of a picture: they mean what its scale makes of them.
    const shift = encoding.type === 'int8' ? 128 : 0;
    const std = 1 / encoding.scale;
    return { mean: all([encoding.zeroPoint + shift]), std: all([std]) };
  }
  const mean = stated.mean ?? preprocessing?.mean ?? (normalization && all(normalization.mean));
  const std = stated.std ?? preprocessing?.std ?? (normalization && all(normalization.std));
  if (mean && std) return { mean, std };
  throw new AppError(
    'bad-request',
    'The file does not say how the values of a picture are normalized.',
    'Give mean and standard deviation on the scale 0 to 255: 127.5 and 127.5 for -1 to 1, 0 and 255 for 0 to 1.',
  );
}
