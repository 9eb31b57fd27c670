/** The ends of a range, both included; a missing end is open. */
interface Ends<Value> {
  min?: Value | undefined;
  max?: Value | undefined;
}

/** `10..20`, `10..`, `..20`, or `10` for itself alone. */
export function writeRange<Value>(
  { min, max }: Ends<Value>,
  write: (value: Value) => string,
): string {
  if (min !== undefined && min === max) return write(min);
  return `${min === undefined ? '' : write(min)}..${max === undefined ? '' : write(max)}`;
}

/** Also reads `>=10` and `<=20`. Undefined for what is no range. */
export function readRange<Value>(
  text: string,
  read: (part: string) => Value | undefined,
): Ends<Value> | undefined {
  const bound = /^([<>])=?(.+)$/.exec(text);
  const [from = '', to = ''] = bound
    ? bound[1] === '>'
      ? [bound[2]]
      : ['', bound[2]]
    : text.includes('..')
      ? text.split('..', 2)
      : [text, text];
  const min = from === '' ? undefined : read(from);
  const max = to === '' ? undefined : read(to);
  const isUnread = (from !== '' && min === undefined) || (to !== '' && max === undefined);
  if (isUnread || (min === undefined && max === undefined)) return undefined;
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

export const readCount = (part: string): number | undefined =>
  /^\d{1,15}$/.test(part) ? Number(part) : undefined;

/** `90%` or `0.9`. */
export function readShare(part: string): number | undefined {
  const percent = /^(\d{1,3}(?:\.\d+)?)%$/.exec(part)?.[1];
  const share = percent === undefined ? Number(part) : Number(percent) / 100;
  return /^[\d.]+(?:e-\d+|%)?$/.test(part) && share >= 0 && share <= 1 ? share : undefined;
}

/** Whole percents where nothing is lost by it. */
export function writeShare(share: number): string {
  const percent = Math.round(share * 100);
  return percent / 100 === share ? `${percent}%` : String(share);
}

const units = { kb: 1000, mb: 1_000_000, gb: 1_000_000_000 } as const;

/** `300kb`, `2.5mb`, or bytes without a unit. */
export function readBytes(part: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(kb|mb|gb)?$/i.exec(part);
  if (!match) return undefined;
  const unit = match[2]?.toLowerCase() as keyof typeof units | undefined;
  const bytes = Number(match[1]) * (unit ? units[unit] : 1);
  return Number.isSafeInteger(Math.round(bytes)) ? Math.round(bytes) : undefined;
}

export function writeBytes(bytes: number): string {
  const unit = (['gb', 'mb', 'kb'] as const).find((name) => bytes > 0 && bytes % units[name] === 0);
  return unit ? `${bytes / units[unit]}${unit}` : String(bytes);
}
