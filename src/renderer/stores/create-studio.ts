import type { StudioClient } from '@shared/api/contract';
import { isCancelled } from '@shared/api/errors';
import { createStudioLink, type StudioLink } from '../host/studio-link';
import type { StudioHost } from '../host/studio-host';
import { createCompanionPageStore } from './companion-page-store';
import { createComparisonsStore } from './comparisons-store';
import { createCorrectionsStore } from './corrections-store';
import { createDatasetStore } from './dataset-store';
import { createDeployStore } from './deploy-store';
import { createEdits, type Edits } from './edits';
import { createImports, type Imports } from './imports';
import { createIssuesStore } from './issues-store';
import { createJobsStore } from './jobs-store';
import { createLabelingStore } from './labeling-store';
import { createLinkStore } from './link-store';
import { createMapStore } from './map-store';
import { createModelsStore } from './models-store';
import { createPhoneMeasurementsStore } from './phone-measurements-store';
import { createPhonesStore } from './phones-store';
import { createPhotosStore, listedFilter } from './photos-store';
import { createProjectStore } from './project-store';
import { createSelectionStore } from './selection-store';
import { createSplitsStore } from './splits-store';
import { createSuggestionsStore } from './suggestions-store';
import { createTrainingStore } from './training-store';
import { createUploadsStore } from './uploads-store';
import { createVersionsStore } from './versions-store';
import { createViewStore } from './view-store';
import { createWatchedStore } from './watched-store';

/** Everything the interface is made of, without a component: host, client, stores, edits. */
export interface Studio {
  host: StudioHost;
  client: StudioClient;
  stores: Stores;
  edits: Edits;
  imports: Imports;
  /** Tries to connect at once. */
  reconnect(): void;
  dispose(): void;
}

export type Stores = ReturnType<typeof createStores>;

export interface StudioOptions {
  /** Shows an error that no caller waits for. */
  onError(error: unknown): void;
}

export function createStudio(host: StudioHost, options: StudioOptions): Studio {
  const link = createStudioLink(() => host.openChannel());
  const photos = createPhotosStore(link, options.onError);
  const edits = createEdits(link, photos);
  const stores = createStores(link, host, photos, edits, options);
  const report = (error: unknown) => {
    // Losing the connection has its own banner, and everything is loaded anew afterwards.
    if (link.state === 'open' && !isCancelled(error)) options.onError(error);
  };
  keepFresh(link, stores, report);
  return {
    host,
    client: link,
    stores,
    edits,
    imports: createImports(link, host, stores.uploads),
    reconnect: () => link.retry(),
    dispose: () => link.close(),
  };
}

function createStores(
  link: StudioLink,
  host: StudioHost,
  photos: ReturnType<typeof createPhotosStore>,
  edits: Edits,
  { onError }: StudioOptions,
) {
  const view = createViewStore();
  return {
    link: createLinkStore(link),
    project: createProjectStore(link),
    dataset: createDatasetStore(link),
    photos,
    selection: createSelectionStore(photos, onError),
    suggestions: createSuggestionsStore(link, () => ({
      filter: listedFilter(photos.getState()),
      threshold: view.getState().acceptThreshold,
    })),
    issues: createIssuesStore(link),
    map: createMapStore(link),
    versions: createVersionsStore(link),
    splits: createSplitsStore(link),
    jobs: createJobsStore(link),
    models: createModelsStore(link),
    comparisons: createComparisonsStore(link),
    corrections: createCorrectionsStore(link),
    deploy: createDeployStore(link, host),
    phones: createPhonesStore(link),
    companionPage: createCompanionPageStore(link),
    phoneMeasurements: createPhoneMeasurementsStore(link),
    labeling: createLabelingStore(link, edits, () => photos.getState().allIds(), onError),
    training: createTrainingStore(link),
    uploads: createUploadsStore(),
    view,
    watched: createWatchedStore(link, host),
  };
}

/** Stores that show the open project: cleared and loaded anew together. */
const projectStores = [
  'dataset',
  'photos',
  'suggestions',
  'issues',
  'map',
  'versions',
  'splits',
  'jobs',
  'models',
  'comparisons',
  'corrections',
  'phones',
  'phoneMeasurements',
  'watched',
] as const;

function keepFresh(link: StudioLink, stores: Stores, report: (error: unknown) => void): void {
  const refresh = (names: readonly (typeof projectStores)[number][]) => {
    if (stores.project.getState().phase !== 'open') return;
    for (const name of names) stores[name].getState().refresh().catch(report);
  };

  link.onState((state) => {
    if (state !== 'open') return;
    stores.project
      .getState()
      .refresh()
      .then(() => refresh(projectStores))
      .catch(report);
  });
  stores.project.subscribe((now, before) => {
    if (now.project?.folder === before.project?.folder) return;
    for (const name of projectStores) stores[name].getState().reset();
    stores.labeling.getState().reset();
    stores.training.getState().reset();
    stores.deploy.getState().reset();
    stores.view.getState().set({
      place: 'photos',
      loupeOpen: false,
      importReport: undefined,
      exportOpen: false,
      phonePhotosOpen: false,
    });
    refresh(projectStores);
  });
  link.on('dataset.changed', ({ photoIds }) => {
    if (stores.project.getState().phase !== 'open') return;
    stores.map.getState().refreshFacts(photoIds).catch(report);
  });
  link.on('map.changed', () => refresh(['map']));
  link.on('leak.changed', () => refresh(['splits']));
  stores.photos.subscribe((now, before) => {
    if (now.view !== before.view) refresh(['suggestions']);
  });
  stores.view.subscribe((now, before) => {
    if (now.acceptThreshold !== before.acceptThreshold) refresh(['suggestions']);
  });
  link.on('suggestions.changed', ({ answers }) => {
    refresh(answers ? ['photos', 'suggestions'] : ['suggestions']);
    if (!answers) return;
    if (stores.project.getState().phase !== 'open') return;
    stores.map.getState().refreshFacts().catch(report);
  });
  link.on('dataset.changed', () =>
    refresh(['dataset', 'photos', 'suggestions', 'issues', 'versions', 'splits', 'corrections']),
  );
  link.on('corrections.changed', () => refresh(['corrections']));
  link.on('watched.changed', () => refresh(['watched']));
  link.on('issues.changed', () => refresh(['issues']));
  link.on('versions.changed', () => refresh(['versions']));
  link.on('models.changed', () => refresh(['models', 'versions', 'suggestions']));
  link.on('deploy.changed', () => refresh(['phones']));
  link.on('phoneMeasurements.changed', () => refresh(['phoneMeasurements']));
  link.on('evaluation.changed', () => refresh(['comparisons']));
}
