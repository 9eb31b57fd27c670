import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AppError } from '../../shared/api/errors';
import { explainDiskError, systemCode } from './explain-disk-error';

/** Bytes that can be written at a place, be it there yet or not. */
export async function freeBytes(place: string): Promise<number> {
  const path = resolve(place);
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch (error) {
    const isThere = !['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
    if (isThere || dirname(path) === path) throw explainDiskError(error, path);
    return freeBytes(dirname(path));
  }
}

/** @throws AppError 'no-space' when the disk of a place has less than `bytes`. */
export async function requireSpace(place: string, bytes: number): Promise<void> {
  const free = await freeBytes(place);
  if (free >= bytes) return;
  throw new AppError(
    'no-space',
    `${gigabytes(bytes)} are needed, and the disk of ${place} has ${gigabytes(free)} left.`,
    'Free some space, or choose another disk.',
  );
}

const gigabytes = (bytes: number): string =>
  bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
