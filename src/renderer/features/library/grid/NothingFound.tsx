import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStudioStore } from '../../../stores/use-studio';
import { EmptyState } from '../../../ui/EmptyState';

/** No photo passes the filter. With "unlabeled" that is good news. */
export function NothingFound() {
  const { t } = useTranslation();
  const filter = useStudioStore('photos', (state) => state.filter);
  const setFilter = useStudioStore('photos', (state) => state.setFilter);
  const allLabeled = filter.unlabeled === true && filter.text === undefined;
  return (
    <EmptyState
      icon={<IconFilterOff size={32} stroke={1.4} aria-hidden />}
      title={t(allLabeled ? 'library.nothing.allLabeled' : 'library.nothing.title')}
      text={t(allLabeled ? 'library.nothing.allLabeledText' : 'library.nothing.text')}
    >
      <Button size="sm" variant="default" onClick={() => setFilter({})}>
        {t('library.actions.showAll')}
      </Button>
    </EmptyState>
  );
}
