import { CloseButton, UnstyledButton } from '@mantine/core';
import type { SavedFilter } from '@shared/domain/saved-filter';
import { writeFilterLine } from '@shared/domain/filter-line/filter-line';
import { useTranslation } from 'react-i18next';
import { notifyEdited } from '../../../actions/notify-edited';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { PanelSection } from '../../../ui/PanelSection';
import classes from './SavedFilters.module.css';
import { useFilterNames } from './use-filter-names';

/** Filters kept under names; a click applies one, another lists all again. */
export function SavedFilters({ saved }: { saved: readonly SavedFilter[] }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const filter = useStudioStore('photos', (state) => state.filter);
  const isPicked = useStudioStore('photos', ({ chosen }) => chosen !== undefined);
  const names = useFilterNames(false);
  const current = isPicked ? undefined : writeFilterLine(filter, names);
  if (saved.length === 0) return undefined;
  const { setFilter } = studio.stores.photos.getState();
  return (
    <PanelSection title={t('library.savedFilters.title')}>
      {saved.map((item) => {
        const line = writeFilterLine(item.filter, names);
        const isOn = line === current;
        return (
          <div key={item.name} className={classes.row} data-on={isOn || undefined}>
            <UnstyledButton
              className={classes.button}
              aria-pressed={isOn}
              title={line}
              onClick={() => setFilter(isOn ? {} : item.filter)}
            >
              {item.name}
            </UnstyledButton>
            <CloseButton
              className={classes.remove}
              size="xs"
              aria-label={t('library.savedFilters.remove', { name: item.name })}
              onClick={() =>
                void attempt(async () =>
                  notifyEdited(studio, await studio.edits.removeFilter(item.name)),
                )
              }
            />
          </div>
        );
      })}
    </PanelSection>
  );
}
