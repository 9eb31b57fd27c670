import { AppError } from '../../../shared/api/errors';

export const stalled = (seconds: number) =>
  new AppError(
    'device-stalled',
    `The phone has not answered for ${seconds} seconds.`,
    'Unlock it, plug it in again, and push again: the phone still has its old model.',
  );

export const cancelled = () => new AppError('cancelled', 'Cancelled.');

export const otherBytesOnPhone = (name: string) =>
  new AppError(
    'hash-mismatch',
    `The phone holds other bytes of ${name} than were sent.`,
    'Push again, with another cable if it happens twice. The phone still has its old model.',
  );
