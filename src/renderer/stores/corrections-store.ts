import type { MethodOutput, StudioClient } from '@shared/api/contract';
import type { Correction, CorrectionId, CorrectionState } from '@shared/domain/correction';
import type { LabelId } from '@shared/domain/label';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';

export interface CorrectionsState {
  /** Which of them are looked at. */
  state: CorrectionState;
  /** The newest first; absent until the project's first answer. */
  corrections?: readonly Correction[] | undefined;
  counts: Record<CorrectionState, number>;
  /** Which one is large. What comes meanwhile does not take its place. */
  position: number;
  show(state: CorrectionState): Promise<void>;
  goTo(position: number): void;
  /** As the person said, or as the given label; each says what it did. */
  accept(
    items: readonly { id: CorrectionId; labelId?: LabelId }[],
  ): Promise<MethodOutput<'corrections.accept'>>;
  dismiss(ids: readonly CorrectionId[]): Promise<string>;
  restore(ids: readonly CorrectionId[]): Promise<string>;
  /** All that are dismissed; says what it did, and to which. */
  forgetDismissed(): Promise<MethodOutput<'corrections.forgetDismissed'>>;
  /** Takes what is on phones now, instead of when they are plugged in; says what comes of it. */
  readPhones(): Promise<string>;
  refresh(): Promise<void>;
  reset(): void;
}

/** More than anybody decides about before the next look; the count tells of the rest. */
const shownAtMost = 500;

const nothing = {
  state: 'new',
  corrections: undefined,
  counts: { new: 0, accepted: 0, dismissed: 0 },
  position: 0,
} as const;

export const currentCorrection = ({
  corrections,
  position,
}: CorrectionsState): Correction | undefined => corrections?.[position];

/** Those that can be accepted without a further word. */
export const readyCorrections = ({ state, corrections = [] }: CorrectionsState) =>
  state === 'new' ? corrections.filter(({ labelId }) => labelId !== undefined) : [];

/** Photos that came back from phones with what people said about them. */
export function createCorrectionsStore(client: StudioClient) {
  return createStore<CorrectionsState>()((set, get) => {
    async function load(): Promise<void> {
      const { state } = get();
      const page = { state, offset: 0, limit: shownAtMost };
      const { corrections, counts } = await client.call('corrections.list', page);
      if (get().state !== state) return;
      const current = currentCorrection(get())?.id;
      const kept = corrections.findIndex(({ id }) => id === current);
      const last = Math.max(0, corrections.length - 1);
      const position = kept >= 0 ? kept : Math.min(get().position, last);
      set({ corrections, counts, position });
    }

    return {
      ...nothing,
      async show(state) {
        set({ state, corrections: undefined, position: 0 });
        await load();
      },
      goTo(position) {
        const last = (get().corrections?.length ?? 0) - 1;
        set({ position: Math.max(0, Math.min(last, position)) });
      },
      async accept(items) {
        const answer = await client.call('corrections.accept', { items: [...items] });
        await load();
        return answer;
      },
      async dismiss(ids) {
        const { sentence } = await client.call('corrections.dismiss', { ids: [...ids] });
        await load();
        return sentence;
      },
      async restore(ids) {
        const { sentence } = await client.call('corrections.restore', { ids: [...ids] });
        await load();
        return sentence;
      },
      async forgetDismissed() {
        const answer = await client.call('corrections.forgetDismissed', {});
        await load();
        return answer;
      },
      async readPhones() {
        return (await client.call('corrections.readPhones', {})).sentence;
      },
      refresh: coalesce(load, 100),
      reset: () => set(nothing),
    };
  });
}
