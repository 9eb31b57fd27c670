import { availableParallelism } from 'node:os';
import type { companionPageApi } from '../../shared/api/companion-page-api';
import type { Emit, Handlers } from '../../shared/api/contract';
import type { devicesApi } from '../../shared/api/devices-api';
import type { projectsApi } from '../../shared/api/projects-api';
import { backboneRecipe } from '../../shared/domain/backbone';
import { trainingSettingsSchema } from '../../shared/domain/model';
import { discardDamagedCache, openCacheStore } from '../platform/cache-store';
import type { HostEnvironment } from '../platform/host-environment';
import type { Staging } from '../platform/staging';
import { createWorkerPool } from '../platform/worker-pool';
import {
  type CorrectionsService,
  createCorrectionsService,
} from '../services/corrections/corrections-service';
import { createFeedbackService } from '../services/corrections/feedback/feedback-service';
import { createDatasetService, type DatasetService } from '../services/dataset/dataset-service';
import {
  createDatasetExportService,
  type DatasetExportService,
} from '../services/dataset-export/dataset-export-service';
import { createDatasetReport } from '../services/dataset-report/dataset-report';
import type { DeviceHub } from '../platform/devices/device-hub';
import { createDeployService, type DeployService } from '../services/deploy/deploy-service';
import {
  createEvaluationService,
  type EvaluationService,
} from '../services/evaluation/evaluation-service';
import { createIssuesService } from '../services/issues/issues-service';
import { createJobService } from '../services/jobs/job-service';
import { createLeakService } from '../services/leak/leak-service';
import { createMapService } from '../services/map/map-service';
import { createModelImport } from '../services/models/import-model';
import { createModelGraphs } from '../services/models/model-graphs';
import { createModelLibrary } from '../services/models/model-library';
import { createBaseOpening } from '../services/models/open-base';
import type { Models, ProjectContext } from '../services/ports';
import type { OpenProject } from '../services/projects/open-project';
import type { ProjectSession } from '../services/projects/project-service';
import {
  createPhonePhotosService,
  type PhonePhotosService,
} from '../services/phone-photos/phone-photos-service';
import { createPreprocessingService } from '../services/preprocessing/preprocessing-service';
import { createQuantizationService } from '../services/quantization/quantization-service';
import { createSimilarityService } from '../services/similarity/similarity-service';
import { createSuggestionsService } from '../services/suggestions/suggestions-service';
import { createBackbones } from '../services/training/backbones';
import { createBases } from '../services/training/bases';
import { createFeatureService } from '../services/training/feature-service';
import { createHeadTrialsService } from '../services/training/head-trials-service';
import {
  createFineTuningService,
  type FineTuningService,
} from '../services/training/fine-tuning-service';
import { createTrainingService } from '../services/training/training-service';
import { createWatchedService } from '../services/watched/watched-service';
import { createSampleImport } from './sample-import';

/** Handlers that need an open project: all but those of projects themselves, and of phones. */
export type SessionHandlers = Omit<
  Handlers,
  keyof typeof projectsApi | keyof typeof devicesApi | keyof typeof companionPageApi
>;

export interface StudioSession extends ProjectSession {
  handlers: SessionHandlers;
  pictures: Pick<DatasetService, 'thumbnail' | 'display' | 'sourceFile'>;
  models: Pick<Models, 'get' | 'file'>;
  report: EvaluationService['report'];
  augmentedPhoto: FineTuningService['augmentedPhoto'];
  correctionPicture: CorrectionsService['picture'];
  phoneThumbnail: PhonePhotosService['thumbnail'];
  exportArchive: DeployService['exportArchive'];
  datasetArchive: DatasetExportService['datasetArchive'];
  /** The report of the data set as it is now, as HTML. */
  datasetReport(): Promise<string>;
}

export interface SessionParts {
  project: OpenProject;
  environment: HostEnvironment;
  hub: DeviceHub;
  staging: Staging;
  emit: Emit;
  now(): Date;
}

/** Nobody cancels what the program asks of itself. */
const unhurried = { signal: new AbortController().signal };

/** Makes the services of an open project and hands each the neighbors it asks for. */
export function startProjectSession(parts: SessionParts): StudioSession {
  const { project, environment, staging } = parts;
  const { workerFile, resourcesFolder, log } = environment;
  const backbones = createBackbones(resourcesFolder, project.paths.basesFolder);
  // What can fail comes first, while there is nothing yet to end.
  const defaultBackbone = backbones.get(trainingSettingsSchema.parse({}).backbone);
  discardDamagedCache(project.paths.cacheFile);
  const cache = openCacheStore(project.paths.cacheFile);
  const size = Math.max(1, environment.workers ?? availableParallelism());
  const workers = createWorkerPool({ workerFile, size, log });
  const context: ProjectContext = {
    ...project.paths,
    info: () => project.info,
    database: project.database,
    cache,
    workers,
    emit: parts.emit,
    log,
    now: parts.now,
  };

  const jobService = createJobService(context);
  const { jobs } = jobService;
  const sampleImport = createSampleImport({ jobs, workers, staging, resourcesFolder });
  const { models, handlers: modelHandlers } = createModelLibrary(context);
  const datasetService = createDatasetService({
    context,
    jobs: sampleImport.jobs,
    models,
    staging,
    defaultRecipe: backboneRecipe(defaultBackbone),
  });
  const { dataset } = datasetService;
  const neighbors = { context, jobs, dataset, models };
  const featureService = createFeatureService({ ...neighbors, backbones });
  const { features } = featureService;
  const similarityService = createSimilarityService({ context, features });
  const { similarity } = similarityService;
  const suggestionsService = createSuggestionsService({
    context,
    dataset,
    models,
    features,
    similarity,
  });
  const issuesService = createIssuesService({ ...neighbors, features, similarity });
  const leakService = createLeakService({ ...neighbors, features, similarity });
  const mapService = createMapService({ context, jobs, features, similarity });
  const fineTuning = createFineTuningService({ ...neighbors, backbones });
  const modelImport = createModelImport({ ...neighbors, staging });
  const { bases, handlers: baseHandlers } = createBases({ context, backbones });
  const baseOpening = createBaseOpening({ ...neighbors, backbones, bases, staging });
  const modelGraphs = createModelGraphs({ context, models, staging });
  const trainingService = createTrainingService({ ...neighbors, backbones, fineTuning });
  const headTrialsService = createHeadTrialsService({ ...neighbors, backbones });
  const quantizationService = createQuantizationService({ ...neighbors, similarity });
  const { comparisons, report, ...evaluationService } = createEvaluationService(neighbors);
  const preprocessingService = createPreprocessingService(neighbors);
  const deployService = createDeployService({
    ...neighbors,
    staging,
    comparisons,
    report,
    hub: parts.hub,
    companionApk: environment.companionApk,
  });
  const watchedService = createWatchedService({
    ...neighbors,
    staging,
    resume: environment.kind !== 'cli',
    async reportOf(importId) {
      const ask = datasetService.handlers['dataset.importReport'];
      return (await ask({ importId }, unhurried)).report;
    },
  });
  const correctionsService = createCorrectionsService({
    ...neighbors,
    recipe: backboneRecipe(defaultBackbone),
  });
  const feedbackService = createFeedbackService({
    ...neighbors,
    hub: parts.hub,
    deployments: deployService.deployments,
    corrections: correctionsService.corrections,
    watches: environment.kind !== 'cli',
  });
  const phonePhotosService = createPhonePhotosService({ ...neighbors, hub: parts.hub });
  const datasetExportService = createDatasetExportService({ ...neighbors, staging });
  const datasetReport = createDatasetReport({
    context,
    dataset,
    appVersion: environment.appVersion,
    summary: async () => datasetService.handlers['dataset.summary']({}, unhurried),
    issues: async () => issuesService.handlers['issues.overview']({}, unhurried),
    async worstOf(kind, limit) {
      const question = { kind, limit, state: 'open' as const, offset: 0 };
      return (await issuesService.handlers['issues.list'](question, unhurried)).items;
    },
    versions: async () => (await datasetService.handlers['versions.list']({}, unhurried)).versions,
  });
  let sampleStarted = false;

  return {
    handlers: {
      ...jobService.handlers,
      ...datasetService.handlers,
      ...similarityService.handlers,
      ...suggestionsService.handlers,
      ...issuesService.handlers,
      ...leakService.handlers,
      ...mapService.handlers,
      ...modelHandlers,
      ...modelImport.handlers,
      ...baseHandlers,
      ...baseOpening.handlers,
      ...modelGraphs.handlers,
      ...trainingService.handlers,
      ...fineTuning.handlers,
      ...headTrialsService.handlers,
      ...quantizationService.handlers,
      ...evaluationService.handlers,
      ...preprocessingService.handlers,
      ...deployService.handlers,
      ...datasetExportService.handlers,
      ...watchedService.handlers,
      ...correctionsService.handlers,
      ...feedbackService.handlers,
      ...phonePhotosService.handlers,
    },
    pictures: datasetService,
    models,
    report,
    augmentedPhoto: fineTuning.augmentedPhoto,
    correctionPicture: correctionsService.picture,
    phoneThumbnail: phonePhotosService.thumbnail,
    exportArchive: deployService.exportArchive,
    datasetArchive: datasetExportService.datasetArchive,
    datasetReport,
    fillWithSample() {
      if (sampleStarted || dataset.countCandidates() > 0) return;
      sampleImport.start();
      sampleStarted = true;
    },
    async dispose() {
      featureService.dispose();
      await Promise.all([
        watchedService.dispose(),
        feedbackService.dispose(),
        phonePhotosService.dispose(),
      ]);
      // Together: a job ends when its task does, and the pool insists on that.
      await Promise.all([suggestionsService.dispose(), jobService.dispose(), workers.dispose()]);
      await datasetService.dispose();
      await correctionsService.dispose();
      cache.close();
    },
  };
}
