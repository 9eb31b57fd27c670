import { formatCount } from '../../../i18n/format';

/** "385 M", "1.25 M", "8,200": multiply-adds of one inference. */
export function formatMillions(count: number): string {
  if (count < 1e5) return formatCount(count);
  const millions = count / 1e6;
  return `${millions.toFixed(millions < 10 ? 2 : millions < 100 ? 1 : 0)} M`;
}
