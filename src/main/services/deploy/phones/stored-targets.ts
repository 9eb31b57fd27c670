import { z } from 'zod';
import { AppError } from '../../../../shared/api/errors';
import {
  companionTarget,
  type PushTarget,
  pushTargetSchema,
} from '../../../../shared/domain/deployment';
import type { Database } from '../../../platform/database/database';
import { readStored, writeStored } from '../../../platform/database/stored-value';

const key = 'deploy.targets';

/** Where models of a project may go: our own app, and what a person added. */
export function createStoredTargets(database: Database) {
  const own = () => readStored(database, key, z.array(pushTargetSchema)) ?? [];
  const list = (): PushTarget[] => [companionTarget, ...own()];
  return {
    list,
    get(id: string): PushTarget {
      const found = list().find((target) => target.id === id);
      if (found) return found;
      throw new AppError(
        'not-found',
        `This project knows no target ${id} any more.`,
        'Choose another one on the Deploy page, or add it there again.',
      );
    },
    save(target: Omit<PushTarget, 'id'> & { id?: string | undefined }): PushTarget {
      const others = own();
      const numbers = others.map(({ id }) => Number(id.split('-')[1]));
      const id = target.id ?? `target-${Math.max(0, ...numbers) + 1}`;
      if (id === companionTarget.id) {
        throw new AppError(
          'bad-request',
          'The companion’s own target can’t be changed.',
          'Add an app of your own under another name.',
        );
      }
      const saved = { ...target, id };
      const at = others.findIndex((other) => other.id === id);
      writeStored(database, key, at < 0 ? [...others, saved] : others.with(at, saved));
      return saved;
    },
    remove(id: string): void {
      writeStored(
        database,
        key,
        own().filter((target) => target.id !== id),
      );
    },
  };
}

export type StoredTargets = ReturnType<typeof createStoredTargets>;
