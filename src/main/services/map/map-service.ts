import type { HandlersOf } from '../../../shared/api/contract';
import type { mapApi } from '../../../shared/api/map-api';
import type { Features, Jobs, ProjectContext, Similarity } from '../ports';
import { createMapJob } from './map-job';
import { readFacts, readMapState, readPoints } from './map-points';

export interface MapParts {
  context: ProjectContext;
  jobs: Jobs;
  features: Features;
  similarity: Similarity;
}

export interface MapService {
  handlers: HandlersOf<typeof mapApi>;
}

/** All photos in the plane, those alike together: drawn on request, kept in the project. */
export function createMapService(parts: MapParts): MapService {
  const { context, jobs, features } = parts;
  const { database } = context;
  jobs.register('map', createMapJob(parts));
  return {
    handlers: {
      'map.compute': () => ({ jobId: jobs.start('map', 'Drawing the map', {}) }),
      'map.state': () => readMapState(database, features.backbone().sha256),
      'map.points': () => readPoints(database),
      'map.facts': ({ photoIds }) => readFacts(database, photoIds),
    },
  };
}
