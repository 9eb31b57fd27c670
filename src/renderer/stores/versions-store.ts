import type { StudioClient } from '@shared/api/contract';
import type {
  RestorePlan,
  VersionChange,
  VersionComparison,
  VersionSummary,
} from '@shared/api/versions-api';
import {
  type VersionChangeKind,
  versionChangeKinds,
  type VersionSide,
} from '@shared/domain/dataset-version';
import type { PhotoSummary } from '@shared/domain/photo';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';

/** What became of one photo, as it is shown. */
export interface ShownChange extends VersionChange {
  /** Absent: it is no longer in the project. */
  photo?: PhotoSummary | undefined;
}

export interface VersionsStoreState {
  /** Newest first; absent until the project's first answer. */
  versions?: readonly VersionSummary[] | undefined;
  /** The one that is looked at; absent: the newest. */
  chosenId?: string | undefined;
  /** What it is held against. */
  against: VersionSide;
  /** The kind a person chose; absent: the first that there is. */
  chosenKind?: VersionChangeKind | undefined;
  kind: VersionChangeKind;
  comparison?: VersionComparison | undefined;
  /** Of the kind that is looked at, as many as were asked for. */
  changes: readonly ShownChange[];
  /** Where the keyboard stands among them. */
  focus?: number | undefined;
  /** A version that waits for the word to be restored. */
  restoring?: { versionId: string; plan: RestorePlan } | undefined;
  choose(versionId: string): Promise<void>;
  compareWith(side: VersionSide): Promise<void>;
  showKind(kind: VersionChangeKind): Promise<void>;
  showMore(): Promise<void>;
  setFocus(index: number | undefined): void;
  /** Asks what restoring would do, for a person to confirm. */
  askRestore(): Promise<void>;
  closeRestore(): void;
  refresh(): Promise<void>;
  reset(): void;
}

/** Photos asked for at a time. */
const portion = 200;

const nothing = { comparison: undefined, changes: [], focus: undefined } as const;
const start = {
  versions: undefined,
  chosenId: undefined,
  against: 'now',
  chosenKind: undefined,
  kind: 'relabeled',
  restoring: undefined,
  ...nothing,
} as const;

type Looked = Pick<VersionsStoreState, 'versions' | 'chosenId' | 'against'>;

/** The version that is looked at now. */
export const currentVersion = ({ versions, chosenId }: Looked): VersionSummary | undefined =>
  versions?.find(({ id }) => id === chosenId) ?? versions?.[0];

/** Both sides of what is shown, the older one first. */
export function currentPair(
  state: Looked,
): { first: VersionSide; second: VersionSide } | undefined {
  const version = currentVersion(state);
  if (!version) return undefined;
  const { versions = [], against } = state;
  const other = versions.findIndex(({ id }) => id === against);
  if (other < 0 || against === version.id) return { first: version.id, second: 'now' };
  const isOlder = versions.indexOf(version) > other;
  return isOlder ? { first: version.id, second: against } : { first: against, second: version.id };
}

export function createVersionsStore(client: StudioClient) {
  /** Answers to questions asked before another version was chosen are dropped. */
  let generation = 0;

  return createStore<VersionsStoreState>()((set, get) => {
    async function load(wanted: number): Promise<void> {
      generation += 1;
      const asked = generation;
      const pair = currentPair(get());
      if (!pair) return set(nothing);
      const { chosenKind } = get();
      const ask = (kind: VersionChangeKind, offset: number, limit: number) =>
        client.call('versions.compare', { ...pair, kind, offset, limit });
      let kind = chosenKind ?? 'relabeled';
      let comparison = await ask(kind, 0, portion);
      const { counts } = comparison;
      if (!chosenKind && counts[kind] === 0) {
        kind = versionChangeKinds.find((other) => counts[other] > 0) ?? kind;
        if (counts[kind] > 0) comparison = await ask(kind, 0, portion);
      }
      const changes = [...comparison.changes];
      while (changes.length < Math.min(wanted, counts[kind])) {
        const page = await ask(kind, changes.length, portion);
        if (page.changes.length === 0) break;
        changes.push(...page.changes);
      }
      const photos = await photosOf(changes);
      if (asked !== generation) return;
      set(({ focus }) => ({
        kind,
        comparison,
        changes: changes.map((change) => ({ ...change, photo: photos.get(change.photoId) })),
        focus: focus !== undefined && focus < changes.length ? focus : undefined,
      }));
    }

    async function photosOf(changes: readonly VersionChange[]): Promise<Map<number, PhotoSummary>> {
      const photos = new Map<number, PhotoSummary>();
      for (let first = 0; first < changes.length; first += portion) {
        const photoIds = changes.slice(first, first + portion).map(({ photoId }) => photoId);
        const page = await client.call('dataset.photos', { photoIds });
        for (const photo of page.photos) photos.set(photo.id, photo);
      }
      return photos;
    }

    return {
      ...start,
      async choose(chosenId) {
        set({ chosenId, chosenKind: undefined, ...nothing });
        await load(portion);
      },
      async compareWith(against) {
        set({ against, chosenKind: undefined, ...nothing });
        await load(portion);
      },
      async showKind(kind) {
        set({ chosenKind: kind, kind, changes: [], focus: undefined });
        await load(portion);
      },
      showMore: () => load(get().changes.length + portion),
      setFocus: (focus) => set({ focus }),
      async askRestore() {
        const versionId = currentVersion(get())?.id;
        if (versionId === undefined) return;
        set({
          restoring: { versionId, plan: await client.call('versions.planRestore', { versionId }) },
        });
      },
      closeRestore: () => set({ restoring: undefined }),
      refresh: coalesce(async () => {
        const { versions } = await client.call('versions.list', {});
        set({ versions });
        await load(Math.max(portion, get().changes.length));
      }, 250),
      reset() {
        generation += 1;
        set(start);
      },
    };
  });
}
