import { votingNeighbors } from '@shared/domain/suggestion';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../i18n/format';
import { useStudioStore } from './use-studio';

/** Where suggestions come from, or what is missing for them, as a sentence. */
export function useSuggestionSource(): string {
  const { t } = useTranslation();
  const source = useStudioStore('suggestions', ({ state }) => state?.source);
  if (!source) return '';
  switch (source.kind) {
    case 'model':
      return t('suggestions.source.model', { name: source.name });
    case 'neighbors':
      return t('suggestions.source.neighbors', {
        nearest: Math.min(votingNeighbors, source.labeled),
        formatted: formatCount(source.labeled),
      });
    case 'none':
      return t(`suggestions.source.${source.reason}`);
  }
}
