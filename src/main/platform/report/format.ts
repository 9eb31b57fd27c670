import type { Interval } from '../../../shared/domain/comparison';

/** 98.8% */
export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** +1.2, −6.4, 0: a difference of shares in percentage points. */
export function points(share: number): string {
  const text = Math.abs(share * 100).toFixed(1);
  if (text === '0.0') return '0.0';
  return `${share < 0 ? '−' : '+'}${text}`;
}

/** 91.6 – 99.8% */
export const percentRange = ({ low, high }: Interval): string =>
  `${(low * 100).toFixed(1)} – ${percent(high)}`;

/** −6.4 to +3.3 */
export const pointRange = ({ low, high }: Interval): string => `${points(low)} to ${points(high)}`;

/** 13.5 MB; decimal units, as phones and stores count. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** 19.5 ms */
export const milliseconds = (value: number): string =>
  `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;

/** 0.62, 0.031, < 0.001 */
export const probabilityOfChance = (pValue: number): string =>
  pValue < 0.001 ? '< 0.001' : pValue.toFixed(pValue < 0.1 ? 3 : 2);

const dates = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** March 4, 2026 at 9:30 AM UTC: a report travels, so the zone is said. */
export const dateTime = (iso: string): string => `${dates.format(new Date(iso))} UTC`;

/** What the report calls what was answered: drawings are never called photos. */
export const pictureNoun = (generated: boolean): string => (generated ? 'picture' : 'photo');

/** "1 photo", "84 photos". */
export const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;
