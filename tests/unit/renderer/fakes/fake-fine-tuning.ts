import type { Handlers } from '@shared/api/contract';

/** Three blocks, and TensorFlow to train them. */
export const fakeFineTuning: Pick<Handlers, 'fineTuning.options' | 'fineTuning.previewPhotos'> = {
  'fineTuning.options': () => ({
    blocks: [1, 2, 3].map((blocks) => ({ blocks, weights: blocks * 1000 })),
    engine: 'tfjs-node 4.22.0',
  }),
  'fineTuning.previewPhotos': ({ count }) => ({
    photoIds: [4, 7].slice(0, count),
  }),
};
