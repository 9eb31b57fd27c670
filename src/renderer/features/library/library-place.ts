import { IconPhoto } from '@tabler/icons-react';
import type { Place } from '../place';
import { LibraryPlace } from './LibraryPlace';

export const libraryPlace: Place = {
  id: 'photos',
  icon: IconPhoto,
  useStatus: () => undefined,
  Component: LibraryPlace,
  actions: () => [],
};
