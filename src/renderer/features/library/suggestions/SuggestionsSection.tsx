import { Button, Slider } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent } from '../../../i18n/format';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { useSuggestionSource } from '../../../stores/use-suggestion-source';
import { attempt } from '../../../ui/attempt';
import { PanelSection } from '../../../ui/PanelSection';
import { acceptListed, reviewUncertain } from './accept-listed';
import classes from './SuggestionsSection.module.css';

/** What unlabeled photos would be called, as a whole: its source, and ways to take it over. */
export function SuggestionsSection() {
  const { t } = useTranslation();
  const studio = useStudio();
  const state = useStudioStore('suggestions', (suggestions) => suggestions.state);
  const acceptable = useStudioStore('suggestions', (suggestions) => suggestions.acceptable);
  const threshold = useStudioStore('view', (view) => view.acceptThreshold);
  const unlabeled = useStudioStore('dataset', ({ summary }) => summary?.unlabeled ?? 0);
  const source = useSuggestionSource();
  if (!state || unlabeled === 0) return undefined;
  const photos = acceptable?.threshold === threshold ? acceptable.photos : undefined;
  const percent = formatPercent(threshold, 0);
  return (
    <PanelSection title={t('suggestions.title')}>
      <div className={classes.content}>
        <p className={classes.source}>{source}</p>
        {state.problem !== undefined && (
          <p className={classes.problem} role="alert">
            {state.problem}
          </p>
        )}
        {state.source.kind !== 'none' && (
          <>
            <div className={classes.threshold}>
              <span>{t('suggestions.threshold', { percent })}</span>
              <Slider
                className={classes.slider}
                min={0.5}
                max={1}
                step={0.01}
                value={threshold}
                onChange={(value) => studio.stores.view.getState().set({ acceptThreshold: value })}
                label={null}
                size={3}
                thumbSize={12}
                thumbLabel={t('suggestions.threshold', { percent })}
              />
            </div>
            <Button
              size="xs"
              disabled={!photos}
              onClick={() => void attempt(() => acceptListed(studio))}
            >
              {t('suggestions.accept', {
                formatted: photos === undefined ? '…' : formatCount(photos),
                percent,
              })}
            </Button>
            <Button
              size="xs"
              px={6}
              variant="default"
              onClick={() => void attempt(() => reviewUncertain(studio))}
            >
              {t('suggestions.review')}
            </Button>
          </>
        )}
        {state.computing && (
          <p className={classes.source} role="status">
            {t('suggestions.computing')}
          </p>
        )}
      </div>
    </PanelSection>
  );
}
