import { AppError } from '../../../shared/api/errors';
import type { EpochRecord } from '../../../shared/domain/model';

interface Measured {
  /** Mean cross-entropy, nats. */
  loss: number;
  /** 0 to 1. */
  accuracy: number;
}

/**
 * What an epoch is remembered by.
 * @param training how a message calls what went on: "Training", "Fine-tuning".
 * @throws AppError 'runtime-failed' when a loss is no longer a number.
 */
export function epochRecord(
  training: string,
  epoch: number,
  train: Measured,
  validation: Measured,
): EpochRecord {
  if (!Number.isFinite(train.loss) || !Number.isFinite(validation.loss)) {
    throw new AppError(
      'runtime-failed',
      `${training} went astray in epoch ${epoch}: the loss is no longer a number.`,
      'Train again with a smaller learning rate.',
    );
  }
  return {
    epoch,
    trainLoss: train.loss,
    trainAccuracy: train.accuracy,
    validationLoss: validation.loss,
    validationAccuracy: validation.accuracy,
  };
}
