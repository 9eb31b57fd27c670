import type { StudioClient } from '@shared/api/contract';
import type { IssueItem, IssuesOverview, IssueState } from '@shared/api/issues-api';
import type { IssueKind } from '@shared/domain/issue';
import type { PhotoId, PhotoSummary } from '@shared/domain/photo';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';
import { keepOnly, nothingSelected, type Selection } from './selection-model';

/** One issue of one photo, as it is shown. */
export interface ShownIssue extends IssueItem {
  photo: PhotoSummary;
}

export interface IssuesStoreState {
  /** Absent until the project's first answer. */
  overview?: IssuesOverview;
  /** The kind that is looked at; absent: the first that has open issues. */
  kind?: IssueKind;
  state: IssueState;
  /** Of the kind and state that are looked at, as many as were asked for. */
  issues: readonly ShownIssue[];
  total: number;
  selection: Selection;
  show(kind: IssueKind, state?: IssueState): Promise<void>;
  showMore(): Promise<void>;
  select(selection: Selection): void;
  refresh(): Promise<void>;
  reset(): void;
}

/** Issues asked for at a time. */
const portion = 200;

const nothing = { issues: [], total: 0, selection: nothingSelected } as const;

/** The kind that is looked at now. */
export function currentKind({
  kind,
  overview,
}: Pick<IssuesStoreState, 'kind' | 'overview'>): IssueKind | undefined {
  return kind ?? overview?.kinds.find(({ open }) => open > 0)?.kind ?? overview?.kinds[0]?.kind;
}

export function createIssuesStore(client: StudioClient) {
  /** Answers to questions asked before another kind was chosen are dropped. */
  let generation = 0;

  return createStore<IssuesStoreState>()((set, get) => {
    async function load(count: number): Promise<void> {
      const kind = currentKind(get());
      if (kind === undefined) return;
      generation += 1;
      const asked = generation;
      const { state } = get();
      const issues: ShownIssue[] = [];
      let total = 0;
      do {
        const limit = Math.min(1000, count - issues.length);
        const page = await client.call('issues.list', {
          kind,
          state,
          offset: issues.length,
          limit,
        });
        const photoIds = page.items.map(({ photoId }) => photoId);
        const { photos } = await client.call('dataset.photos', { photoIds });
        if (asked !== generation) return;
        const byId = new Map(photos.map((photo) => [photo.id, photo]));
        for (const item of page.items) {
          const photo = byId.get(item.photoId);
          if (photo) issues.push({ ...item, photo });
        }
        total = page.total;
        if (page.items.length === 0) break;
      } while (issues.length < Math.min(count, total));
      set(({ selection }) => ({ issues, total, selection: keepFound(selection, issues) }));
    }

    return {
      state: 'open',
      ...nothing,
      async show(kind, state = 'open') {
        set({ kind, state, ...nothing });
        await load(portion);
      },
      showMore: () => load(get().issues.length + portion),
      select: (selection) => set({ selection }),
      refresh: coalesce(async () => {
        set({ overview: await client.call('issues.overview', {}) });
        await load(Math.max(portion, get().issues.length));
      }, 250),
      reset() {
        generation += 1;
        set({ overview: undefined, kind: undefined, state: 'open', ...nothing });
      },
    };
  });
}

/** The selection follows its photos; the keyboard stays near where it stood. */
function keepFound(selection: Selection, issues: readonly ShownIssue[]): Selection {
  const ids: PhotoId[] = issues.map(({ photoId }) => photoId);
  const kept = keepOnly(selection, ids);
  if (!kept.focus) return kept;
  const index = Math.min(kept.focus.index, ids.length - 1);
  const id = ids[index];
  return id === undefined ? nothingSelected : { ...kept, focus: { index, id }, anchor: index };
}
