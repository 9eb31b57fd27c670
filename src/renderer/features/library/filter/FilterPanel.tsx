import { splits } from '@shared/domain/split';
import { IconAdjustments } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { PanelSection } from '../../../ui/PanelSection';
import { ToolButton } from '../../../ui/ToolButton';
import { CountRow } from '../../../ui/CountRow';
import { LabelList } from '../labels/LabelList';
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
      <SavedFilters saved={summary.savedFilters} />
      <LabelList labels={summary.labels} />
      <PanelSection
        title={t('library.split.title')}
        aside={
          summary.labeled > 0 && (
            <ToolButton
              size={22}
              label={t('library.actions.splitAnew')}
              onClick={() => stores.view.getState().set({ splitEditorOpen: true })}
            >
              <IconAdjustments size={15} stroke={1.6} aria-hidden />
            </ToolButton>
          )
        }
      >
        {splits.map((name) => (
          <CountRow
            key={name}
            isOn={split === name}
            count={summary.splits[name]}
            onClick={() => setFilter({ ...filter, split: split === name ? undefined : name })}
          >
            {t(`library.split.${name}`)}
          </CountRow>
        ))}
      </PanelSection>
    </>
  );
}
