import type { HandlersOf, ParsedInput } from '../../../shared/api/contract';
import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { SuggestionsState, suggestionsApi } from '../../../shared/api/suggestions-api';
import { acceptable, acceptSuggestions } from './accept-suggestions';
import { type AnswerParts, isAnswered, makeAnswers } from './make-answers';
import { planAnswers } from './plan-answers';
import { countAnswered, nameSource, readStored } from './stored-answers';
import { createUpdateSchedule } from './update-schedule';

export interface SuggestionsService {
  handlers: HandlersOf<typeof suggestionsApi>;
  /** Cancels what runs and resolves when it stopped. Call it while the workers are there. */
  dispose(): Promise<void>;
}

export interface SuggestionsParts extends AnswerParts {
  /** Time after labels changed, after features were computed, and after the project was opened. */
  delaysMs?: { labels: number; features: number; opened: number };
}

/**
 * What photos would be called: kept up to date for all whose features are there, by itself and
 * without a job, for it takes a moment and asks nothing of anybody.
 */
export function createSuggestionsService(parts: SuggestionsParts): SuggestionsService {
  const { context, dataset, models, features } = parts;
  const { delaysMs = { labels: 800, features: 5000, opened: 4000 } } = parts;
  const { database, log } = context;
  let computing = false;
  let problem: string | undefined;
  /** Features that were coming when answers were last asked for because of more of them. */
  let comingBefore = Number.NEGATIVE_INFINITY;

  const tell = (answers: boolean) => context.emit('suggestions.changed', { answers });

  async function update(signal: AbortSignal): Promise<void> {
    try {
      const plan = planAnswers(parts);
      if (isAnswered(parts, plan)) return setProblem(undefined);
      computing = true;
      tell(false);
      await makeAnswers(parts, plan, signal);
      problem = undefined;
    } catch (error) {
      if (signal.aborted) return;
      log.error('What photos would be called could not be worked out', error);
      setProblem(describe(error));
    } finally {
      const wasComputing = computing;
      computing = false;
      if (wasComputing && !signal.aborted) tell(true);
    }
  }

  function setProblem(sentence: string | undefined): void {
    const isNew = problem !== sentence;
    problem = sentence;
    if (isNew) tell(false);
  }

  const schedule = createUpdateSchedule(update);
  const stopListening = [
    dataset.onChanged(() => schedule.request(delaysMs.labels)),
    models.onChanged(() => schedule.request(0)),
    features.onComputed((coming) => {
      if (coming === 0 || cameMany(coming)) schedule.request(delaysMs.features);
    }),
  ];
  // The page that opens comes first.
  schedule.request(delaysMs.opened);

  /** Neighbors vote anew on all: while features come, only when there is a fifth more to answer. */
  function cameMany(coming: number): boolean {
    const came = comingBefore - coming;
    if (came >= 0 && came < countAnswered(database) / 5) return false;
    comingBefore = coming;
    return true;
  }

  function readState({ filter, thresholds }: ParsedInput<'suggestions.state'>): SuggestionsState {
    const candidates = acceptable(filter);
    const counts = candidates
      ? dataset.countSuggested(candidates, thresholds)
      : thresholds.map(() => 0);
    const source = readStored(database)?.source ?? { kind: 'none', reason: 'labels' };
    const names = new Map(models.list().map(({ id, name }) => [id, name]));
    return {
      source: nameSource(source, (modelId) => names.get(modelId)),
      answered: countAnswered(database),
      computing,
      ...(problem === undefined ? {} : { problem }),
      counts: thresholds.map((threshold, i) => ({ threshold, photos: counts[i] ?? 0 })),
    };
  }

  return {
    handlers: {
      'suggestions.state': readState,
      'suggestions.compute': async (_, { signal }) => {
        await features.complete({ signal, onProgress: () => undefined });
        throwIfCancelled(signal);
        await schedule.runNow();
        if (problem !== undefined) throw new AppError('not-ready', problem);
        return {};
      },
      'suggestions.accept': (input) => acceptSuggestions(database, dataset, input),
    },
    async dispose() {
      for (const stop of stopListening) stop();
      await schedule.dispose();
    },
  };
}

function describe(error: unknown): string {
  if (!(error instanceof AppError)) return 'Suggestions failed; the log file says why.';
  return [error.message, error.remedy].filter(Boolean).join(' ');
}
