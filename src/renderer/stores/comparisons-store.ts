import type { StudioClient } from '@shared/api/contract';
import type { Comparison, ComparisonSummary } from '@shared/domain/comparison';
import type { ModelId } from '@shared/domain/model';
import { unpackComparison } from '@shared/domain/packed-comparison';
import type { Split } from '@shared/domain/split';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';

/** What the next comparison is asked to hold against each other; a model absent: the usual one. */
export interface ComparisonChoice {
  firstId?: ModelId;
  /** What is held against the first, in this order. */
  otherIds?: readonly ModelId[];
  /** Photos that a model was trained on say nothing about it. */
  split: Exclude<Split, 'train'>;
}

export interface ComparisonsState {
  /** Newest first; absent until the project's first answer. */
  comparisons?: readonly ComparisonSummary[];
  /** The newest one in full: the rail states its difference, the Compare place opens with it. */
  latest?: Comparison;
  /** The saved one that the Compare place shows; the newest one when absent. */
  openId?: string;
  choice: ComparisonChoice;
  open(comparisonId: string | undefined): void;
  choose(part: Partial<ComparisonChoice>): void;
  refresh(): Promise<void>;
  reset(): void;
}

const usualChoice: ComparisonChoice = { split: 'test' };

export function createComparisonsStore(client: StudioClient) {
  return createStore<ComparisonsState>()((set, get) => ({
    choice: usualChoice,
    open: (openId) => set({ openId }),
    choose: (part) => set(({ choice }) => ({ choice: { ...choice, ...part } })),
    refresh: coalesce(async () => {
      const { comparisons } = await client.call('evaluation.comparisons', {});
      const newest = comparisons[0];
      const known = get().latest;
      const latest =
        newest && newest.id !== known?.id
          ? unpackComparison(
              await client.call('evaluation.comparison', { comparisonId: newest.id }),
            )
          : newest && known;
      set({ comparisons, latest });
    }),
    reset: () =>
      set({
        comparisons: undefined,
        latest: undefined,
        openId: undefined,
        choice: usualChoice,
      }),
  }));
}
