import type { HandlersOf } from '../../../shared/api/contract';
import type { correctionsApi } from '../../../shared/api/corrections-api';
import { AppError } from '../../../shared/api/errors';
import {
  type Correction,
  type CorrectionId,
  dismissedKeptDays,
} from '../../../shared/domain/correction';
import type { PixelRecipe } from '../../../shared/domain/preprocessing';
import { blobPath } from '../../platform/blob-store';
import type { Corrections, Dataset, Models, ProjectContext } from '../ports';
import { acceptCorrections } from './accept-corrections';
import { createCorrectionRepository, type StoredCorrection } from './correction-repository';
import { findLabel } from './find-label';
import { createReceive } from './receive-correction';
import { removeForgotten } from './remove-forgotten';

export interface CorrectionsService {
  handlers: Omit<HandlersOf<typeof correctionsApi>, 'corrections.readPhones'>;
  corrections: Corrections;
  /** JPEG of a correction's photo for the screen; undefined when there is none. */
  picture(id: string, form: 'thumbnail' | 'display'): Promise<Uint8Array | undefined>;
  /** The last thing that is done with a project, when no job runs any more: forgotten photos go. */
  dispose(): Promise<void>;
}

export interface CorrectionsParts {
  context: ProjectContext;
  dataset: Dataset;
  models: Pick<Models, 'list'>;
  recipe: PixelRecipe;
}

const displaySize = 2048;
const thumbnailSize = 320;

/**
 * The inbox of what people corrected on phones. Whatever companion it comes from arrives by the port
 * `Corrections`; it stays until a person has decided, and after.
 */
export function createCorrectionsService(parts: CorrectionsParts): CorrectionsService {
  const { context, dataset, models, recipe } = parts;
  const { blobsFolder, cache, workers } = context;
  const repository = createCorrectionRepository(context.database, context.now);
  const changed = () => context.emit('corrections.changed', {});
  /** One after the other: two windows may accept the same photo. */
  let turn: Promise<unknown> = Promise.resolve();

  function withProject(corrections: readonly StoredCorrection[]): Correction[] {
    const labels = dataset.labels();
    const photos = dataset.photosByHash(corrections.map(({ sha256 }) => sha256));
    return corrections.map((correction) => {
      const label = findLabel(labels, correction.said);
      const photo = photos.get(correction.sha256);
      return {
        ...correction,
        ...(label ? { labelId: label.id } : {}),
        ...(photo ? { photo } : {}),
      };
    });
  }

  function decide(
    ids: readonly CorrectionId[],
    state: 'new' | 'dismissed',
    word: string,
    after = '',
  ) {
    const found = repository.byId(ids);
    const missing = ids.find((id) => !found.some((correction) => correction.id === id));
    if (missing !== undefined) {
      throw new AppError('not-found', `There is no ${missing} in the inbox.`);
    }
    const accepted = found.find((correction) => correction.state === 'accepted');
    if (accepted) {
      throw new AppError(
        'bad-request',
        `${accepted.id} was accepted: its photo is in the project.`,
        'Exclude the photo, or change its label, in the library.',
      );
    }
    repository.setState(ids, state);
    changed();
    return { sentence: `${word} ${countCorrections(found.length)}${after}.` };
  }

  return {
    corrections: {
      receive: createReceive({ context, models, repository, recipe, changed }),
      has: (key) => repository.find(key) !== undefined,
    },
    handlers: {
      'corrections.list': ({ state, ...page }) => ({
        corrections: withProject(repository.list(state, page)),
        counts: repository.counts(),
      }),
      'corrections.accept': async ({ items }) => {
        const accepting = turn.then(() => acceptCorrections({ dataset, repository }, items));
        turn = accepting.catch(() => undefined);
        const accepted = await accepting;
        changed();
        return accepted;
      },
      'corrections.dismiss': ({ ids }) =>
        decide(ids, 'dismissed', 'Dismissed', `, to be forgotten in ${dismissedKeptDays} days`),
      'corrections.restore': ({ ids }) => decide(ids, 'new', 'Brought back'),
      'corrections.forgetDismissed': () => {
        const ended = repository.endDismissed();
        if (ended.length === 0)
          throw new AppError('not-found', 'No dismissed corrections are left.');
        changed();
        const photos = new Map(ended.map(({ sha256, bytes }) => [sha256, bytes]));
        const bytes = [...photos.values()].reduce((sum, each) => sum + each, 0);
        return {
          ids: ended.map(({ id }) => id),
          bytes,
          sentence: `Forgot ${countCorrections(ended.length)}. What is no photo of the project is removed from the disk when it is closed.`,
        };
      },
    },
    async picture(id, form) {
      const [correction] = repository.byId([id]);
      if (!correction) return undefined;
      const cached = form === 'thumbnail' && cache.get('thumbnail', correction.sha256);
      if (cached) return cached;
      const path = blobPath(blobsFolder, correction.sha256);
      const size = form === 'thumbnail' ? thumbnailSize : displaySize;
      return (await workers.run('render-photo', { path, size })).jpeg;
    },
    dispose: () => removeForgotten({ context, dataset, repository }),
  };
}

const countCorrections = (count: number) => (count === 1 ? '1 correction' : `${count} corrections`);
