import type { SplitRatio } from '@shared/domain/split';

/** Where training ends and where validation ends, in percent. */
export type SplitHandles = [trainEnd: number, validationEnd: number];

export function toHandles({ train, validation }: SplitRatio): SplitHandles {
  return [Math.round(train * 100), Math.round((train + validation) * 100)];
}

/** Shares that add up to 1 and stay within what a split may be (see `splitRatioSchema`). */
export function fromHandles([first, second]: SplitHandles): SplitRatio {
  const trainEnd = Math.min(100, Math.max(20, first));
  const validationEnd = Math.min(100, Math.max(trainEnd, second));
  return {
    train: trainEnd / 100,
    validation: (validationEnd - trainEnd) / 100,
    test: (100 - validationEnd) / 100,
  };
}
