import type { HandlersOf } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import type { suggestionsApi } from '@shared/api/suggestions-api';
import type { LabelId } from '@shared/domain/label';
import type { PhotoSummary } from '@shared/domain/photo';
import type { PhotoFilter } from '@shared/domain/photo-filter';
import type { SuggestionSource } from '@shared/domain/suggestion-source';

/** Suggestions as photos carry them. */
export interface FakeSuggestions {
  source: SuggestionSource;
  handlers: HandlersOf<typeof suggestionsApi>;
}

export interface FakeSuggestionsParts {
  photos(filter: PhotoFilter): PhotoSummary[];
  /** Labels photos as one edit. */
  assign(labels: ReadonlyMap<number, LabelId>): { description: string };
}

export function createFakeSuggestions(parts: FakeSuggestionsParts): FakeSuggestions {
  function atLeast(filter: PhotoFilter, threshold: number) {
    const chosen = filter.photoIds && new Set(filter.photoIds);
    return parts
      .photos({ ...filter, unlabeled: true, excluded: false })
      .filter(({ id, suggestion }) => {
        return (chosen?.has(id) ?? true) && (suggestion?.probability ?? -1) >= threshold;
      });
  }

  const suggestions: FakeSuggestions = {
    source: { kind: 'neighbors', labeled: 4 },
    handlers: {
      'suggestions.state': ({ filter, thresholds }) => ({
        source: suggestions.source,
        answered: parts.photos({}).length,
        computing: false,
        counts: thresholds.map((threshold) => ({
          threshold,
          photos: atLeast(filter, threshold).length,
        })),
      }),
      'suggestions.compute': () => ({}),
      'suggestions.accept': ({ filter, threshold }) => {
        const accepted = atLeast(filter, threshold);
        if (accepted.length === 0) throw new AppError('not-found', 'Nothing to accept.');
        const labels = accepted.map(
          ({ id, suggestion }) => [id, suggestion?.labelId ?? 0] as const,
        );
        return { ...parts.assign(new Map(labels)), photos: accepted.length };
      },
    },
  };
  return suggestions;
}
