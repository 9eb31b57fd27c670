import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../i18n/format';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { LabelButtons } from '../../../ui/LabelButtons';
import { LabelChip } from '../../../ui/LabelChip';
import { PanelSection } from '../../../ui/PanelSection';
import classes from './Inspector.module.css';
import { libraryEdits } from '../library-edits';
import { FindSimilarButton } from '../suggestions/FindSimilarButton';
import { labelCounts } from './label-counts';

/** Many selected photos: what they are labeled, and what can be done with all of them. */
export function ManyPhotos() {
  const { t } = useTranslation();
  const studio = useStudio();
  const edits = libraryEdits(studio);
  const selected = useStudioStore('selection', (state) => state.selected);
  const pages = useStudioStore('photos', (state) => state.pages);
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels);
  const counts = useMemo(() => labelCounts(pages, selected), [pages, selected]);
  return (
    <>
      <PanelSection>
        <p className={classes.many}>
          {t('library.inspector.many', { formatted: formatCount(selected.size) })}
        </p>
        {counts && (
          <ul className={classes.counts}>
            {labels
              ?.filter(({ id }) => counts.has(id))
              .map((label) => (
                <li key={label.id}>
                  <LabelChip label={label} />
                  {formatCount(counts.get(label.id) ?? 0)}
                </li>
              ))}
            {counts.has(undefined) && (
              <li>
                {t('library.filter.unlabeled')}
                <span>{formatCount(counts.get(undefined) ?? 0)}</span>
              </li>
            )}
          </ul>
        )}
      </PanelSection>
      <PanelSection title={t('library.inspector.labelAll')}>
        <LabelButtons
          labels={labels ?? []}
          onChoose={(label) => void attempt(() => edits.assign(label.id))}
        />
      </PanelSection>
      <PanelSection>
        <div className={classes.buttons}>
          <Button variant="default" onClick={() => void attempt(() => edits.assign())}>
            {t('library.inspector.clearAll')}
          </Button>
          <Button variant="default" onClick={() => void attempt(() => edits.setExcluded(true))}>
            {t('library.inspector.exclude')}
          </Button>
          <Button variant="default" onClick={() => void attempt(() => edits.setExcluded(false))}>
            {t('library.inspector.include')}
          </Button>
          <Button variant="default" onClick={() => void attempt(() => edits.acceptSuggested())}>
            {t('suggestions.acceptSelected')}
          </Button>
          <FindSimilarButton />
        </div>
      </PanelSection>
    </>
  );
}
