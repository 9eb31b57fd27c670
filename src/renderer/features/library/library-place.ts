import { IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { useStudioStore } from '../../stores/use-studio';
import type { Place } from '../place';
import { libraryActions } from './library-actions';
import { LibraryPlace } from './LibraryPlace';

export const libraryPlace: Place = {
  id: 'photos',
  icon: IconPhoto,
  useStatus: useLibraryStatus,
  Component: LibraryPlace,
  actions: libraryActions,
};

/** What needs the person first: conflicts, then missing photos, else how many there are. */
function useLibraryStatus(): string | undefined {
  const { t } = useTranslation();
  const summary = useStudioStore('dataset', (state) => state.summary);
  if (!summary) return undefined;
  const { conflicts, missing, total } = summary;
  const say = (count: number) => ({ count, formatted: formatCount(count) });
  if (conflicts > 0) return t('library.status.conflicts', say(conflicts));
  if (missing > 0) return t('library.status.missing', say(missing));
  return t('common.photos', say(total));
}
