import type { HeadSearch } from '@shared/domain/head-search';
import type { LearningCurve } from '@shared/domain/learning-curve';
import { trainingSettingsSchema } from '@shared/domain/model';

const at = '2026-01-02T03:04:05.000Z';
const made = { at, backbone: 'Lite0', engine: 'tfjs', photos: 100, of: 240 };
const settings = trainingSettingsSchema.parse({});

export const fakeCurve: LearningCurve = {
  ...made,
  folds: 5,
  steps: [
    { photos: 40, accuracy: { mean: 0.8, interval: { low: 0.7, high: 0.9 } } },
    { photos: 80, accuracy: { mean: 0.9, interval: { low: 0.85, high: 0.95 } } },
  ],
  lastDoubling: { mean: 0.1, interval: { low: 0.04, high: 0.16 } },
  labels: [
    { label: 'whisk', photos: 40, half: 0.7, whole: 0.85 },
    { label: 'grater', photos: 60, half: 0.9, whole: 0.95 },
  ],
};

export const fakeSearch: HeadSearch = {
  ...made,
  seconds: 21,
  planned: 40,
  current: { settings, correct: 80, judged: 100, folds: 5, loss: 0.5 },
  trials: [
    {
      settings: { ...settings, learningRate: 0.01, hiddenUnits: 64 },
      correct: 90,
      judged: 100,
      folds: 5,
      loss: 0.25,
    },
    { settings, correct: 80, judged: 100, folds: 5, loss: 0.5 },
  ],
  gain: { mean: 0.1, interval: { low: 0.02, high: 0.18 } },
};
