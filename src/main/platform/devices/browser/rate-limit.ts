import { AppError } from '../../../../shared/api/errors';

export interface RateLimit {
  /** @throws AppError 'too-many' when whoever has this key asked too often. */
  take(key: string): void;
}

/** So many within any stretch of time, for each key. */
export function createRateLimit(
  { count, perMs }: { count: number; perMs: number },
  now: () => Date,
): RateLimit {
  const taken = new Map<string, number[]>();
  return {
    take(key) {
      const at = now().getTime();
      const recent = (taken.get(key) ?? []).filter((time) => time > at - perMs);
      if (recent.length >= count) {
        throw new AppError(
          'too-many',
          'This phone asks more often than is allowed.',
          'Wait a minute, then try again.',
        );
      }
      taken.set(key, [...recent, at]);
    },
  };
}
