import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { PanelSection } from '../../../ui/PanelSection';
import { CountRow } from '../../../ui/CountRow';
import { LabelList } from '../labels/LabelList';
import { SplitSection } from '../splits/SplitSection';
import { SuggestionsSection } from '../suggestions/SuggestionsSection';
import { SavedFilters } from './SavedFilters';

/** What the list can be narrowed to, with how many photos each would leave. */
export function FilterPanel() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const summary = useStudioStore('dataset', (state) => state.summary);
  const filter = useStudioStore('photos', (state) => state.filter);
  const isPicked = useStudioStore('photos', ({ chosen }) => chosen !== undefined);
  const { setFilter } = stores.photos.getState();
  if (!summary) return undefined;
  const { unlabeled, labelIds, split, excluded, missing, conflict } = filter;
  const isAll =
    !isPicked && !unlabeled && !labelIds && !split && !excluded && !missing && !conflict;
  return (
    <>
      <PanelSection>
        <CountRow
          isOn={isAll}
          count={summary.total}
          onClick={() => setFilter({ text: filter.text })}
        >
          {t('library.filter.all')}
        </CountRow>
        <CountRow
          isOn={unlabeled === true}
          count={summary.unlabeled}
          onClick={() => setFilter({ unlabeled: !unlabeled || undefined })}
        >
          {t('library.filter.unlabeled')}
        </CountRow>
        {(summary.excluded > 0 || excluded) && (
          <CountRow
            isOn={excluded === true}
            count={summary.excluded}
            onClick={() => setFilter({ excluded: !excluded || undefined })}
          >
            {t('library.filter.excluded')}
          </CountRow>
        )}
        {(summary.missing > 0 || missing) && (
          <CountRow
            isOn={missing === true}
            count={summary.missing}
            tone="warn"
            onClick={() => setFilter({ missing: !missing || undefined })}
          >
            {t('library.filter.missing')}
          </CountRow>
        )}
        {(summary.conflicts > 0 || conflict) && (
          <CountRow
            isOn={conflict === true}
            count={summary.conflicts}
            tone="warn"
            onClick={() => setFilter({ conflict: !conflict || undefined })}
          >
            {t('library.filter.conflict')}
          </CountRow>
        )}
      </PanelSection>
      <SuggestionsSection />
      <SavedFilters saved={summary.savedFilters} />
      <LabelList labels={summary.labels} />
      <SplitSection />
    </>
  );
}
