import type { Model } from '@shared/domain/model';
import type { Preprocessing } from '@shared/domain/preprocessing';

export function createPreprocessing(changes: Partial<Preprocessing> = {}): Preprocessing {
  return {
    version: 1,
    width: 4,
    height: 4,
    channelOrder: 'RGB',
    cropFraction: 1,
    resize: 'bicubic-antialiased',
    background: [255, 255, 255],
    mean: [127.5, 127.5, 127.5],
    std: [127.5, 127.5, 127.5],
    input: { type: 'float32' },
    output: { type: 'float32' },
    labels: ['banana', 'hat'],
    ...changes,
  };
}

/** A float32 model of version-1, as far as services look at one. */
export function createFakeModel(changes: Partial<Model> = {}): Model {
  return {
    id: 'model-1',
    name: 'Lite0',
    precision: 'float32',
    io: 'float32',
    bytes: 4000,
    sha256: 'a'.repeat(64),
    createdAt: '2026-01-01T00:00:00.000Z',
    versionId: 'version-1',
    backbone: 'efficientnet-lite0',
    preprocessing: createPreprocessing(),
    provenance: {
      kind: 'measured',
      on: '8 training photos of version-1',
      by: 'Fake runtime 1.0',
      at: '2026-01-01T00:00:00.000Z',
    },
    ...changes,
  };
}
