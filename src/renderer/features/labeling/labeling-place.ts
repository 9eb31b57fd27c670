import { IconTag } from '@tabler/icons-react';
import type { Place } from '../place';
import { LabelingPlace } from './LabelingPlace';

export const labelingPlace: Place = {
  id: 'label',
  icon: IconTag,
  useStatus: () => undefined,
  Component: LabelingPlace,
  actions: () => [],
};
