import { IconSchool } from '@tabler/icons-react';
import type { Place } from '../place';
import { TrainingPlace } from './TrainingPlace';

export const trainingPlace: Place = {
  id: 'train',
  icon: IconSchool,
  useStatus: () => undefined,
  Component: TrainingPlace,
  actions: () => [],
};
