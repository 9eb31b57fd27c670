import type { StudioClient } from '@shared/api/contract';
import type { LabelId } from '@shared/domain/label';
import type { PhotoId } from '@shared/domain/photo';
import type { Suggestion } from '@shared/domain/suggestion';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';
import type { Edits } from './edits';

/**
 * Which photos are gone through: those without a label, as they were added or with the least certain
 * suggestion first, or those that Photos lists now.
 */
export type LabelingSource = 'unlabeled' | 'uncertain' | 'listed';

/** What was decided about a photo: its label, none (cleared), or to leave it out. */
export type Answer = { labelId?: LabelId; excluded: boolean };

export interface LabelingState {
  source: LabelingSource;
  /** Photos to go through; absent until asked for. */
  queue?: readonly PhotoId[];
  /** Place in the queue; its length when the end is reached. */
  position: number;
  answers: ReadonlyMap<PhotoId, Answer>;
  /** What photos near the current one would be called. */
  suggestions: ReadonlyMap<PhotoId, Suggestion>;
  start(source: LabelingSource): Promise<void>;
  /** Goes there, within the queue and its end. */
  goTo(position: number): void;
  /** Answers for the current photo and goes on; stays when the program refuses. */
  answer(answer: Answer): Promise<void>;
  /** Loads anew what photos near the current one would be called. */
  refreshSuggestions(): Promise<void>;
  reset(): void;
}

/** Photos before and after the current one whose suggestions are known ahead of its turn. */
const [known, ahead] = [2, 20];

export const currentPhoto = ({ queue, position }: LabelingState): PhotoId | undefined =>
  queue?.[position];

export function createLabelingStore(
  client: StudioClient,
  edits: Edits,
  listedIds: () => Promise<PhotoId[]>,
  onError: (error: unknown) => void,
) {
  const empty = {
    queue: undefined,
    position: 0,
    answers: new Map<PhotoId, Answer>(),
    suggestions: new Map<PhotoId, Suggestion>(),
  };
  const store = createStore<LabelingState>()((set, get) => {
    function forget(id: PhotoId): void {
      const answers = new Map(get().answers);
      answers.delete(id);
      set({ answers });
    }

    async function idsOf(source: LabelingSource): Promise<PhotoId[]> {
      if (source === 'listed') return listedIds();
      const filter = { unlabeled: true, excluded: false };
      const order = source === 'uncertain' ? 'uncertainty' : 'imported';
      return (await client.call('dataset.listPhotoIds', { filter, order })).photoIds;
    }

    async function commit(id: PhotoId, { labelId, excluded }: Answer): Promise<void> {
      if (excluded) await edits.setExcluded([id], true);
      else await edits.assignLabel([id], labelId);
    }

    return {
      source: 'unlabeled',
      ...empty,
      async start(source) {
        set({ ...empty, source });
        const queue = await idsOf(source);
        if (get().source === source) set({ queue });
      },
      goTo(position) {
        const length = get().queue?.length ?? 0;
        set({ position: Math.max(0, Math.min(length, position)) });
      },
      async answer(answer) {
        const { position, answers } = get();
        const id = currentPhoto(get());
        if (id === undefined) return;
        set({ answers: new Map(answers).set(id, answer), position: position + 1 });
        try {
          await commit(id, answer);
        } catch (error) {
          forget(id);
          set({ position });
          throw error;
        }
      },
      refreshSuggestions: coalesce(async () => {
        const { queue = [], position } = get();
        const photoIds = queue.slice(Math.max(0, position - known), position + ahead);
        if (photoIds.length === 0) return;
        const { photos } = await client.call('dataset.photos', { photoIds });
        set({
          suggestions: new Map(
            photos.flatMap(({ id, suggestion }) => (suggestion ? [[id, suggestion]] : [])),
          ),
        });
      }, 100),
      reset: () => set(empty),
    };
  });

  const refreshSuggestions = () => store.getState().refreshSuggestions().catch(onError);
  store.subscribe((now, before) => {
    if (now.queue !== before.queue || now.position !== before.position) void refreshSuggestions();
  });
  client.on('suggestions.changed', ({ answers }) => {
    if (answers) void refreshSuggestions();
  });

  /** Undo elsewhere takes an answer back: the photo is shown again. */
  client.on('dataset.changed', ({ photoIds }) => {
    const [id] = photoIds?.length === 1 ? photoIds : [];
    if (id !== undefined && store.getState().answers.has(id)) {
      recheck(id).catch(onError);
    }
  });

  async function recheck(id: PhotoId): Promise<void> {
    const photo = await client.call('dataset.photo', { photoId: id });
    const { answers, queue } = store.getState();
    const answer = answers.get(id);
    if (!answer || !queue) return;
    const stillHolds = answer.excluded ? photo.excluded : photo.labelId === answer.labelId;
    if (stillHolds) return;
    const remaining = new Map(answers);
    remaining.delete(id);
    store.setState({ answers: remaining, position: queue.indexOf(id) });
  }

  return store;
}
