/** Numbers, sizes and times as people read them, through Intl. */

const locale = 'en-US';
const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

export const formatCount = (count: number): string => integer.format(count);

/** "385 M", "1.25 M", "8,200": such as the multiply-adds of one inference. */
export function formatMillions(count: number): string {
  if (count < 1e5) return formatCount(count);
  const millions = count / 1e6;
  return `${millions.toFixed(millions < 10 ? 2 : millions < 100 ? 1 : 0)} M`;
}

/** `fraction` 0..1 with a digit or more: 0.9871 gives "98.7%". */
export function formatPercent(fraction: number, digits = 1): string {
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(fraction);
}

/** A probability 0..1 without digits, and never said to be certain when it is not: "99%". */
export const formatCertainty = (probability: number): string =>
  formatPercent(Math.floor(probability * 100) / 100, 0);

/** A difference of two fractions in percentage points, with its sign: "−0.4 pts". */
export function formatPoints(difference: number): string {
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  }).format(difference * 100);
  return `${number.replace('-', '−')} pts`;
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Decimal units as file managers and phones show them: 3402752 gives "3.4 MB". */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3);
  const rank = Math.min(byteUnits.length - 1, power);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: byteUnits[rank],
    unitDisplay: rank === 0 ? 'long' : 'short',
    maximumFractionDigits: rank === 0 ? 0 : 1,
  }).format(bytes / 1000 ** rank);
}

/** A span of time, coarse: "8 s", "3 min", "1 h 20 min". */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${Math.max(1, seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** A measured time: two digits or more, "3.27 ms", "41.8 ms", "1,204 ms". */
export function formatMilliseconds(milliseconds: number): string {
  const digits = milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0;
  return `${new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(milliseconds)} ms`;
}

const relativeUnits = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "2 min. ago"; under a minute "now". Both are ISO texts or times. */
export function formatAgo(when: string, now: number = Date.now()): string {
  const passed = now - Date.parse(when);
  const [unit, size] = relativeUnits.find(([, length]) => passed >= length) ?? ['second', 1000];
  return unit === 'second'
    ? relative.format(0, 'second')
    : relative.format(-Math.floor(passed / size), unit);
}

/** `day` is `YYYY-MM-DD`, wherever the photo was taken: no time zone moves it. */
export const formatDay = (day: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(day));

export const formatDateTime = (when: string): string => dateTime.format(new Date(when));
