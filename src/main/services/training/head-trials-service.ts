import type { HandlersOf } from '../../../shared/api/contract';
import type { headTrialsApi } from '../../../shared/api/head-trials-api';
import { backboneTrialsSchema } from '../../../shared/domain/backbone-trials';
import { headSearchSchema } from '../../../shared/domain/head-search';
import { learningCurveSchema } from '../../../shared/domain/learning-curve';
import type { TrainingSettings } from '../../../shared/domain/model';
import { readStored, writeStored } from '../../platform/database/stored-value';
import type { Jobs } from '../ports';
import { compareBackbones } from './compare-backbones';
import { measureCurve } from './measure-curve';
import type { TrainingParts } from './run-training';
import { searchHead } from './search-head';
import { trialPhotos } from './trial-photos';

interface TrialParameters {
  settings: TrainingSettings;
}

const keys = {
  curve: 'head-trials.curve',
  search: 'head-trials.search',
  backbones: 'head-trials.backbones',
} as const;

/** Would more photos help, which settings and which backbone suit them: heads that are trained to find out. */
export function createHeadTrialsService(parts: TrainingParts & { jobs: Jobs }): {
  handlers: HandlersOf<typeof headTrialsApi>;
} {
  const { context, jobs, backbones } = parts;
  const { database } = context;
  jobs.register<TrialParameters>('learning-curve', {
    resumable: true,
    async run({ settings }, job) {
      writeStored(database, keys.curve, await measureCurve(settings, job, parts));
      return {};
    },
  });
  jobs.register<TrialParameters>('search-head', {
    resumable: true,
    async run({ settings }, job) {
      writeStored(database, keys.search, await searchHead(settings, job, parts));
      return {};
    },
  });
  jobs.register<TrialParameters>('compare-backbones', {
    resumable: true,
    async run({ settings }, job) {
      writeStored(database, keys.backbones, await compareBackbones(settings, job, parts));
      return {};
    },
  });
  /** What can't be tried is said at once, before a job is queued. */
  function start(
    kind: 'learning-curve' | 'search-head' | 'compare-backbones',
    title: string,
    asked: TrialParameters,
  ) {
    backbones.get(asked.settings.backbone);
    trialPhotos(parts, asked.settings.seed);
    return { jobId: jobs.start<TrialParameters>(kind, title, asked) };
  }
  return {
    handlers: {
      'headTrials.measureCurve': (asked) =>
        start('learning-curve', 'Measuring whether more photos would help', asked),
      'headTrials.curve': () => ({
        curve: readStored(database, keys.curve, learningCurveSchema),
      }),
      'headTrials.compareBackbones': (asked) =>
        start('compare-backbones', 'Comparing backbones on these photos', asked),
      'headTrials.backbones': () => ({
        trials: readStored(database, keys.backbones, backboneTrialsSchema),
      }),
      'headTrials.search': (asked) =>
        start('search-head', 'Searching for better training settings', asked),
      'headTrials.lastSearch': () => ({
        search: readStored(database, keys.search, headSearchSchema),
      }),
    },
  };
}
