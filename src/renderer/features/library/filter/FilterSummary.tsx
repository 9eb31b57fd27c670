import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../i18n/format';
import { useStudioStore } from '../../../stores/use-studio';
import classes from './FilterSummary.module.css';

/** How many photos are listed and selected, and what the list is narrowed to. */
export function FilterSummary() {
  const { t } = useTranslation();
  const total = useStudioStore('photos', (state) => state.total);
  const filter = useStudioStore('photos', (state) => state.filter);
  const chosen = useStudioStore('photos', (state) => state.chosen);
  const setFilter = useStudioStore('photos', (state) => state.setFilter);
  const selected = useStudioStore('selection', (state) => state.selected.size);
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels);
  if (total === undefined) return undefined;

  const conditions = [
    ...(filter.labelIds ?? []).map((id) => labels?.find((label) => label.id === id)?.name),
    filter.unlabeled && t('library.filter.unlabeled'),
    filter.split && t(`library.split.${filter.split}`),
    filter.excluded && t('library.filter.excluded'),
    filter.missing && t('library.filter.missing'),
    filter.conflict && t('library.filter.conflict'),
    filter.text && `“${filter.text}”`,
  ].filter(Boolean);
  const narrowed = chosen ? [chosen.title] : conditions;

  return (
    <div className={classes.summary} role="status">
      <span className={classes.total}>
        {selected > 1
          ? t('library.toolbar.selected', {
              selected: formatCount(selected),
              total: formatCount(total),
            })
          : t('common.photos', { count: total, formatted: formatCount(total) })}
      </span>
      {narrowed.length > 0 && (
        <span className={classes.filter}>
          <span className={classes.filterText}>{narrowed.join(' · ')}</span>
          <CloseButton
            size="xs"
            aria-label={t('library.actions.showAll')}
            onClick={() => setFilter({})}
          />
        </span>
      )}
    </div>
  );
}
