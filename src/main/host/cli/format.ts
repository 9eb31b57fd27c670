/** Numbers as the command line prints them. */

/** 0.9881 -> "98.8%". */
export const formatShare = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** -0.0119 -> "-1.2 points". */
export function formatPoints(difference: number): string {
  const points = (difference * 100).toFixed(1);
  return `${difference > 0 ? '+' : ''}${points === '-0.0' ? '0.0' : points} points`;
}

/** 3444276 -> "3.4 MB", in powers of 1000 as file managers count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

export const formatMilliseconds = (ms: number): string => `${ms.toFixed(ms < 10 ? 2 : 1)} ms`;

/** 95000 -> "1 min 35 s". */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `count(1, 'photo')` -> "1 photo"; `count(2, 'class', 'classes')` -> "2 classes". */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
