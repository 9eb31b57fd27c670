import type { GoldenState } from '../messages';
import { texts } from '../texts';
import { element, setText } from './element';

/** Whether this phone answers as the desktop does: a badge, and a warning when it does not. */
export function createGoldenBadge() {
  const badge = element('span', { class: 'badge', role: 'status', 'data-state': 'none' });
  const warning = element('div', { class: 'warning', role: 'alert', hidden: '' });
  return {
    badge,
    warning,
    show({ state, photos = 0, largestDifference, bound, mistakes, problem }: GoldenState): void {
      badge.dataset['state'] = state;
      setText(badge, state === 'same' ? texts.golden.same(photos) : texts.golden[state]);
      warning.hidden = state !== 'different' && state !== 'failed';
      const sentences =
        state === 'different' && largestDifference !== undefined && bound !== undefined
          ? [
              texts.golden.detail(largestDifference, bound),
              ...mistakes.map(({ name, remedy }) => texts.golden.mistake(name, remedy)),
            ]
          : [problem ?? ''];
      warning.replaceChildren(...sentences.map((sentence) => element('p', {}, sentence)));
    },
  };
}
