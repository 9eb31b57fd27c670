import type { Augmentation } from '@shared/domain/fine-tuning';
import type { TFunction } from 'i18next';

export type Amount = Exclude<keyof Augmentation, 'flip'>;

/** What is a share is told in percent. */
const shares: readonly Amount[] = ['crop', 'color', 'cutout'];

/** A bound of augmentation as a person reads it: "up to 30 % of a side". */
export function toldAmount(key: Amount, value: number, t: TFunction): string {
  if (value === 0) return t('fineTuning.augmentation.off');
  const amount = Math.round(value * (shares.includes(key) ? 100 : 1) * 100) / 100;
  return t(`fineTuning.augmentation.${key}.value`, { amount });
}
