import { IconDeviceMobile } from '@tabler/icons-react';
import type { Place } from '../place';
import { DeployPlace } from './DeployPlace';

export const deployPlace: Place = {
  id: 'deploy',
  icon: IconDeviceMobile,
  useStatus: () => undefined,
  Component: DeployPlace,
  actions: () => [],
};
