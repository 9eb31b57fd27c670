import type { Suggestion } from '@shared/domain/suggestion';
import { useStudioStore } from '../../../stores/use-studio';
import { useSuggestionSource } from '../../../stores/use-suggestion-source';
import { SuggestionChip } from '../../../ui/SuggestionChip';

interface PhotoSuggestionProps {
  suggestion: Suggestion;
  small?: boolean;
}

/** The chip of what a photo without a label might be called. */
export function PhotoSuggestion({ suggestion, small }: PhotoSuggestionProps) {
  const source = useSuggestionSource();
  const label = useStudioStore('dataset', ({ summary }) =>
    summary?.labels.find(({ id }) => id === suggestion.labelId),
  );
  return (
    label && (
      <SuggestionChip
        label={label}
        probability={suggestion.probability}
        source={source}
        small={small}
      />
    )
  );
}
