import { z } from 'zod';
import {
  defaultSplitRatio,
  type SplitRatio,
  splitRatioSchema,
  splitSourceSchema,
} from '../../../../shared/domain/split';
import type { Database } from '../../../platform/database/database';
import { changeSetting, readSetting, type SettingChange } from '../edits/settings';

const settingsKey = 'dataset.split';
const lockKey = 'dataset.testLock';

export const splitSettingsSchema = z.object({
  ratio: splitRatioSchema,
  seed: z.int(),
  /** What stays together besides copies. */
  by: splitSourceSchema.default('none'),
});
export type SplitSettings = z.output<typeof splitSettingsSchema>;

export function readSplitSettings(database: Database): SplitSettings {
  const stored = readSetting(database, settingsKey);
  if (stored === undefined) return { ratio: defaultSplitRatio, seed: 1, by: 'none' };
  return splitSettingsSchema.parse(JSON.parse(stored));
}

export function changeSplitSettings(database: Database, settings: SplitSettings): SettingChange[] {
  return changeSetting(database, settingsKey, JSON.stringify(settings));
}

/** When the test set was locked; undefined: it is open. */
export function readTestLock(database: Database): string | undefined {
  return readSetting(database, lockKey);
}

export function changeTestLock(database: Database, at: string | undefined): SettingChange[] {
  return changeSetting(database, lockKey, at);
}

/** The shares that photos are dealt by: none of them goes into a locked test set. */
export function openShares(ratio: SplitRatio, isLocked: boolean): SplitRatio {
  if (!isLocked || ratio.test === 0) return ratio;
  const open = ratio.train + ratio.validation;
  return { train: ratio.train / open, validation: ratio.validation / open, test: 0 };
}
