import { IconArrowsDiff } from '@tabler/icons-react';
import type { Place } from '../place';
import { ComparisonPlace } from './ComparisonPlace';

export const comparisonPlace: Place = {
  id: 'compare',
  icon: IconArrowsDiff,
  useStatus: () => undefined,
  Component: ComparisonPlace,
  actions: () => [],
};
