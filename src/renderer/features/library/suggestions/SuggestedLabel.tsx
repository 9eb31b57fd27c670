import { Button } from '@mantine/core';
import type { Suggestion } from '@shared/domain/suggestion';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../../stores/use-studio';
import { useSuggestionSource } from '../../../stores/use-suggestion-source';
import { attempt } from '../../../ui/attempt';
import { KeyCaps } from '../../../ui/KeyCaps';
import { libraryEdits } from '../library-edits';
import { PhotoSuggestion } from './PhotoSuggestion';
import classes from './SuggestedLabel.module.css';

/** What the selected photo might be called, from where that comes, and a way to take it over. */
export function SuggestedLabel({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation();
  const edits = libraryEdits(useStudio());
  const source = useSuggestionSource();
  return (
    <div className={classes.suggested}>
      <div className={classes.row}>
        <PhotoSuggestion suggestion={suggestion} />
        <Button
          size="compact-xs"
          variant="default"
          rightSection={<KeyCaps text="Enter" />}
          onClick={() => void attempt(() => edits.acceptSuggested())}
        >
          {t('suggestions.acceptOne')}
        </Button>
      </div>
      <p className={classes.source}>{source}</p>
    </div>
  );
}
