import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../i18n/format';
import { useStudioStore } from '../../../stores/use-studio';
import classes from './ListSummary.module.css';

/** How many photos are listed, and how many of them are selected. */
export function ListSummary() {
  const { t } = useTranslation();
  const total = useStudioStore('photos', (state) => state.total);
  const selected = useStudioStore('selection', (state) => state.selected.size);
  if (total === undefined) return undefined;
  return (
    <span className={classes.total} role="status">
      {selected > 1
        ? t('library.toolbar.selected', {
            selected: formatCount(selected),
            total: formatCount(total),
          })
        : t('common.photos', { count: total, formatted: formatCount(total) })}
    </span>
  );
}
