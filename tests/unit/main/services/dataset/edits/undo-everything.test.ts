import type { Database } from '@main/platform/database/database';
import { migrate } from '@main/platform/database/migrate';
import { migrations } from '@main/platform/database/migrations';
import { openDatabase } from '@main/platform/database/open-database';
import { contract, type MethodName } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import { createRandom } from '@shared/domain/random';
import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import {
  createDatasetProject,
  type DatasetProject,
  insertAnswers,
  insertPhotoRows,
} from '../../../../../fixtures/dataset-project';
import { randomEdits } from '../../../../../fixtures/random-edits';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder';

const photos = 240;
const steps = 500;
/** What edits do not touch: their record, what was frozen, and what other parts keep. */
const otherTables = [
  'history',
  'dataset_versions',
  'jobs',
  'models',
  'comparisons',
  'split_groups',
];

function openFast(file: string): Database {
  const database = openDatabase(file);
  database.execute('PRAGMA synchronous = OFF');
  return database;
}

/** All that edits change, as one text. Ids of labels are used up for good. */
function stateOf(database: Database): string {
  const tables = database
    .all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .map(({ name }) => name)
    .filter((name) => !otherTables.includes(name) && !name.startsWith('sqlite_'));
  return tables
    .map((table) => {
      const what =
        table === 'photos'
          ? 'id, label_id, split, excluded, conflict FROM photos'
          : `* FROM ${table}`;
      const where = table === 'settings' ? "WHERE key <> 'dataset.nextLabelId'" : '';
      const rows = database.all<object>(`SELECT ${what} ${where}`);
      return `${table} ${rows.map((row) => JSON.stringify(Object.values(row))).join(' ')}`;
    })
    .join('\n');
}

/** Steps that undo could take back. */
const depthOf = (database: Database): number =>
  database.get<{ depth: number }>('SELECT count(*) AS depth FROM history WHERE undone = 0')
    ?.depth ?? 0;

async function createWorld(seed: number) {
  const file = `${temporaryFolder()}/project.sqlite`;
  const database = openFast(file);
  migrate(database, migrations);
  const project = createDatasetProject({ database });
  for (const name of ['hat', 'banana', 'truck'])
    await project.call('dataset.createLabel', { name });
  insertPhotoRows(project.context, photos, (index) =>
    index % 4 === 3 ? undefined : (index % 3) + 1,
  );
  database.run(`UPDATE photos SET conflict = '["hat","banana"]' WHERE id IN (4, 8, 12, 16)`);
  await project.call('splits.splitAnew', {
    ratio: { train: 0.6, validation: 0.2, test: 0.2 },
    seed,
  });
  const suggest = createRandom(seed);
  insertAnswers(
    project.context,
    Array.from({ length: photos }, (_, i) => [i + 1, 1 + (i % 3), suggest.next(), suggest.next()]),
  );
  database.run('DELETE FROM history');

  /** Ends the program and starts it again on the same files. */
  async function restart(): Promise<void> {
    await project.service.dispose();
    project.context.database.close();
    project.context.database = openFast(file);
    await project.reopen();
    await project.service.checked;
    // These photos have no files, which the program notices now.
    project.context.database.run('UPDATE photos SET missing = 0');
  }
  return { project, random: createRandom(seed), photos, restart };
}

type World = Awaited<ReturnType<typeof createWorld>>;

/** Refusals are a part of the game; anything else is a defect. */
async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const allowed = ['label-exists', 'not-found', 'bad-request', 'not-ready', 'test-locked'];
    if (!(error instanceof AppError) || !allowed.includes(error.code)) throw error;
  }
}

async function play(world: World): Promise<string[]> {
  const { project, random } = world;
  const edits = Object.values(randomEdits);
  /** By depth: what undo has to bring back. */
  const states = [stateOf(project.context.database)];
  for (let step = 0; step < steps; step += 1) {
    const { database } = project.context;
    const before = depthOf(database);
    const dice = random.next();
    if (dice < 0.12 && before > 0) await project.call('dataset.undo', {});
    else if (dice < 0.2) await attempt(() => project.call('dataset.redo', {}));
    else if (dice < 0.24) await attempt(() => project.call('versions.freeze', { note: '' }));
    else {
      const edit = edits[random.index(edits.length)];
      await attempt(async () => edit?.(world));
      if (depthOf(database) > before) states.length = before + 1;
    }
    const depth = depthOf(database);
    states[depth] ??= stateOf(database);
    expect(stateOf(database), `step ${step}`).toBe(states[depth]);
    if (step === steps / 2) await world.restart();
  }
  // What can still be redone is not a part of the way back.
  return states.slice(0, depthOf(project.context.database) + 1);
}

async function walk(
  { project }: { project: DatasetProject },
  states: readonly string[],
  way: 'undo' | 'redo',
): Promise<void> {
  for (let left = states.length - 1; left > 0; left -= 1) {
    await project.call(`dataset.${way}`, {});
    const depth = way === 'undo' ? left - 1 : states.length - left;
    expect(stateOf(project.context.database), `${way} to ${depth}`).toBe(states[depth]);
  }
}

describe('500 edits in any order', () => {
  it.each([1, 2, 3, 4, 5])(
    'are undone to the start and redone to the end, also after a restart (seed %i)',
    { timeout: 60_000 },
    async (seed) => {
      const world = await createWorld(seed);
      const states = await play(world);
      expect(states.length).toBeGreaterThan(120);
      await walk(world, states, 'undo');
      expect(depthOf(world.project.context.database)).toBe(0);
      await world.restart();
      await walk(world, states, 'redo');
    },
  );

  it('are every edit that there is', () => {
    const edits = (Object.keys(contract) as MethodName[]).filter((name) => {
      const output: unknown = contract[name].output;
      const isDescribed = output instanceof z.ZodObject && 'description' in output.shape;
      // A model file has a description of its own.
      return isDescribed && !name.startsWith('models.');
    });
    expect(Object.keys(randomEdits).sort()).toEqual(
      edits.filter((name) => !['dataset.undo', 'dataset.redo'].includes(name)).sort(),
    );
  });
});
