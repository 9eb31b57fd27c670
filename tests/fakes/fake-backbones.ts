import type { Backbones } from '@main/services/ports';
import { AppError } from '@shared/api/errors';
import type { Backbone } from '@shared/domain/backbone';

/** Facts as real ones have them, of a backbone that has no file. */
export function createFakeBackbone(changes: Partial<Backbone> = {}): Backbone {
  return {
    name: 'efficientnet-lite0',
    title: 'EfficientNet-Lite0',
    file: 'efficientnet-lite0.tflite',
    bytes: 1000,
    sha256: 'b'.repeat(64),
    inputSize: 8,
    featureWidth: 4,
    mean: [127, 127, 127],
    std: [128, 128, 128],
    cropFraction: 0.875,
    trainedOn: 'ImageNet',
    license: 'Apache-2.0',
    copyright: 'none',
    ...changes,
  };
}

export function createFakeBackbones(backbones: Backbone[] = [createFakeBackbone()]): Backbones {
  return {
    list: () => backbones,
    get(name) {
      const found = backbones.find((backbone) => backbone.name === name);
      if (!found) throw new AppError('not-found', `There is no backbone ${name}.`);
      return found;
    },
    file: ({ file }) => `/backbones/${file}`,
  };
}
