import { onlyInput } from '../conversion';
import { activationLayer, leakyReluLayer, reluLayer, softmaxLayer } from './activation';
import { convolutionLayer, depthwiseLayer, separableLayer } from './convolution';
import { denseLayer } from './dense';
import type { LayerConverter } from './layer-converter';
import { averageLayer, concatenationLayer, mergingLayer, subtractionLayer } from './merging';
import { batchNormalizationLayer, rescalingLayer } from './normalization';
import { globalAverageLayer, globalMaximumLayer, poolingLayer } from './pooling';
import { flattenLayer, reshapeLayer, zeroPaddingLayer } from './shaping';

/** Works in training only: the picture as it is, at inference. */
const trainingOnly: LayerConverter = (layer, inputs, conversion) => {
  conversion.leftOut.push(layer);
  return onlyInput(layer, inputs);
};

/** By Keras' class; what is not here is refused. */
export const layerConverters: ReadonlyMap<string, LayerConverter> = new Map([
  ['Conv2D', convolutionLayer],
  ['DepthwiseConv2D', depthwiseLayer],
  ['SeparableConv2D', separableLayer],
  ['Dense', denseLayer],
  ['BatchNormalization', batchNormalizationLayer],
  ['Rescaling', rescalingLayer],
  ['Activation', activationLayer],
  ['ReLU', reluLayer],
  ['LeakyReLU', leakyReluLayer],
  ['Softmax', softmaxLayer],
  ['MaxPooling2D', poolingLayer('MAX_POOL_2D')],
  ['AveragePooling2D', poolingLayer('AVERAGE_POOL_2D')],
  ['GlobalAveragePooling2D', globalAverageLayer],
  ['GlobalMaxPooling2D', globalMaximumLayer],
  ['ZeroPadding2D', zeroPaddingLayer],
  ['Flatten', flattenLayer],
  ['Reshape', reshapeLayer],
  ['Add', mergingLayer('ADD')],
  ['Subtract', subtractionLayer],
  ['Multiply', mergingLayer('MUL')],
  ['Average', averageLayer],
  ['Concatenate', concatenationLayer],
  ...[
    ...['Dropout', 'SpatialDropout2D', 'AlphaDropout', 'GaussianDropout', 'GaussianNoise'],
    ...['ActivityRegularization', 'RandomFlip', 'RandomRotation', 'RandomTranslation'],
    ...['RandomZoom', 'RandomContrast'],
  ].map((name) => [name, trainingOnly] as const),
]);
