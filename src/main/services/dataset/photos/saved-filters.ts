import { z } from 'zod';
import { AppError } from '../../../../shared/api/errors';
import { type SavedFilter, savedFilterSchema } from '../../../../shared/domain/saved-filter';
import type { Database } from '../../../platform/database/database';
import type { History } from '../edits/history';
import type { Edited } from '../edits/photo-edits';
import { changeSetting, readSetting } from '../edits/settings';
import { foldName } from '../label-repository';

const settingsKey = 'dataset.savedFilters';
const storedSchema = z.array(savedFilterSchema);

/** By name. */
export function readSavedFilters(database: Database): SavedFilter[] {
  const stored = readSetting(database, settingsKey);
  return stored === undefined ? [] : storedSchema.parse(JSON.parse(stored));
}

/** Filters kept under names. Every function is one step of the history. */
export interface SavedFilterEdits {
  /** One of that name, whatever its case, is replaced. */
  save(saved: SavedFilter): Edited;
  /** @throws AppError 'not-found'. */
  remove(name: string): Edited;
}

export function createSavedFilterEdits(database: Database, history: History): SavedFilterEdits {
  const othersThan = (name: string) =>
    readSavedFilters(database).filter((other) => foldName(other.name) !== foldName(name));

  function write(description: string, filters: readonly SavedFilter[]): Edited {
    const sorted = [...filters].sort((a, b) => a.name.localeCompare(b.name, 'en'));
    const text = sorted.length === 0 ? undefined : JSON.stringify(sorted);
    const work = () => ({ settings: changeSetting(database, settingsKey, text) });
    return { description, patch: history.edit(description, work) };
  }

  return {
    save: (saved) => write(`Saved the filter ${saved.name}`, [...othersThan(saved.name), saved]),
    remove(name) {
      const others = othersThan(name);
      if (others.length === readSavedFilters(database).length) {
        throw new AppError('not-found', `There is no filter called ${name} any more.`);
      }
      return write(`Removed the filter ${name}`, others);
    },
  };
}
