import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { TaskProgress } from '../../workers/tasks';
import type { JobDefinition, JobHandle } from '../ports';
import type { MapParts } from './map-service';
import { writeMap } from './stored-map';

/** The same photos give the same map. */
const seed = 1;

const steps: Record<TaskProgress<'lay-out-map'>['step'], string> = {
  neighbors: 'Finding photos that look alike',
  arranging: 'Arranging photos',
};

export function createMapJob(parts: MapParts): JobDefinition<Record<string, never>> {
  return {
    resumable: true,
    run: async (_parameters, job) => {
      await drawMap(parts, job);
      return {};
    },
  };
}

/** Prepares photos that are not prepared yet, has a worker lay them out, and stores the result. */
async function drawMap({ context, features, similarity }: MapParts, job: JobHandle): Promise<void> {
  const { database, workers } = context;
  const { signal } = job;
  job.progress({ step: 'Preparing photos', done: 0 });
  await features.complete({ signal, onProgress: (done, total) => job.progress({ done, total }) });
  const { name, sha256 } = features.backbone();
  const embedding = await similarity.embedding({ signal });
  const wanted = database.all<{ id: number }>('SELECT id FROM photos WHERE excluded = 0');
  const photoIds = Uint32Array.from(wanted, ({ id }) => id);
  const result = await workers.run(
    'lay-out-map',
    { embedding, photoIds, seed },
    {
      signal,
      onProgress: ({ step, done, total }) => job.progress({ step: steps[step], done, total }),
    },
  );
  throwIfCancelled(signal);
  if (result.photoIds.length === 0) {
    throw new AppError(
      'not-ready',
      'There is no photo to draw a map of.',
      'Add photos, or include some of those that are left out.',
    );
  }
  job.progress({ step: 'Storing the map', done: 0, total: 1 });
  const backbone = { name, sha256 };
  await writeMap(database, { at: context.now().toISOString(), backbone }, result);
  context.emit('map.changed', {});
}
