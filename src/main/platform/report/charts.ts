import type { Interval } from '../../../shared/domain/comparison';
import { type Html, html } from './html';

/** Positions are percentages of the width, so that the drawings fit any column without a script. */
const position = (value: number, axis: Interval): string =>
  `${(((value - axis.low) / (axis.high - axis.low)) * 100).toFixed(2)}%`;

/** A value with its interval on a shared axis, as a dot on a bar. */
export function intervalChart(value: number, interval: Interval, axis: Interval): Html {
  return html`<svg width="100%" height="22" role="img" aria-hidden="true">
    <line x1="0" x2="100%" y1="11" y2="11" stroke="var(--line)" />
    <line x1="${position(interval.low, axis)}" x2="${position(interval.high, axis)}" y1="11" y2="11" stroke="var(--accent)" stroke-opacity="0.4" stroke-width="8" stroke-linecap="round" />
    <circle cx="${position(value, axis)}" cy="11" r="5" fill="var(--accent)" />
  </svg>`;
}

/** A difference with its interval around a line at zero; `format` names the ends of the axis. */
export function differenceChart(
  value: number,
  interval: Interval,
  format: (value: number) => string,
): Html {
  const reach = Math.max(0.01, Math.abs(interval.low), Math.abs(interval.high)) * 1.15;
  const axis = { low: -reach, high: reach };
  const label = (at: number, y: number, text: string) =>
    html`<text x="${position(at, axis)}" y="${y}" text-anchor="middle">${text}</text>`;
  return html`<svg width="100%" height="78" role="img" aria-label="Difference ${format(value)} points, 95% interval ${format(interval.low)} to ${format(interval.high)}">
    <line x1="0" x2="100%" y1="36" y2="36" stroke="var(--line)" />
    <line x1="50%" x2="50%" y1="14" y2="58" stroke="var(--muted)" stroke-dasharray="3 3" />
    <line x1="${position(interval.low, axis)}" x2="${position(interval.high, axis)}" y1="36" y2="36" stroke="var(--accent)" stroke-opacity="0.4" stroke-width="12" stroke-linecap="round" />
    <circle cx="${position(value, axis)}" cy="36" r="7" fill="var(--accent)" />
    ${label(0, 74, 'no difference')}
    ${label(interval.low, 56, format(interval.low))}
    ${label(interval.high, 56, format(interval.high))}
    <text x="0" y="10">← worse</text><text x="100%" y="10" text-anchor="end">better →</text>
  </svg>`;
}

/** A share (0..1) as a bar of the full width. */
export function shareBar(share: number, color: string, height = 4): Html {
  const width = `${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}%`;
  return html`<svg width="100%" height="${height}" aria-hidden="true">
    <rect width="100%" height="${height}" rx="${height / 2}" fill="var(--sunken)" />
    <rect width="${width}" height="${height}" rx="${height / 2}" fill="${color}" />
  </svg>`;
}
