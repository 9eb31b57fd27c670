import type { PreprocessingCheck } from '@shared/domain/preprocessing-check';

/** 40 test photos: fed blue first, half of the answers are lost. */
export const fakePreprocessingCheck: PreprocessingCheck = {
  modelId: 'model-1',
  at: '2026-01-02T03:04:05.000Z',
  runtime: 'LiteRT',
  split: 'test',
  versionId: 'version-1',
  photos: 40,
  right: {
    correct: 39,
    interval: { low: 0.871, high: 0.996 },
    confidence: 0.93,
    favorite: { label: 'whisk', share: 0.5 },
  },
  effects: [
    {
      mistake: 'bgr',
      correct: 20,
      interval: { low: 0.352, high: 0.648 },
      agreement: 0.525,
      confidence: 0.71,
      favorite: { label: 'grater', share: 0.9 },
    },
  ],
  harmless: ['uncropped', 'minus-one-to-one'],
};
