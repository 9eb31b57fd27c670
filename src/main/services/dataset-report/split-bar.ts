import { type Split, splits } from '../../../shared/domain/split';
import { type Html, html } from '../../platform/report/html';

/** Photos a split as one bar, as long as its count beside the longest. */
export function splitBar(counts: Readonly<Record<Split, number>>, longest: number): Html {
  const width = (value: number) => `${((value / longest) * 100).toFixed(2)}%`;
  let start = 0;
  return html`<svg width="100%" height="12" aria-hidden="true">
    <rect width="100%" height="12" rx="3" fill="var(--sunken)" />
    ${splits.map((split) => {
      const x = width(start);
      start += counts[split];
      return html`<rect x="${x}" width="${width(counts[split])}" height="12" fill="var(--${split})" />`;
    })}
  </svg>`;
}
