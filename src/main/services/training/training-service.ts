import type { HandlersOf } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import type { Readiness, trainingApi } from '../../../shared/api/training-api';
import { type TrainingSettings, trainingSettingsSchema } from '../../../shared/domain/model';
import type { JobId } from '../../../shared/domain/job';
import type { Jobs } from '../ports';
import { lackingCandidates } from './compute-features';
import { runTraining, type TrainingParts } from './run-training';
import { countSplits, findProblems } from './training-problems';

export interface TrainingService {
  handlers: HandlersOf<typeof trainingApi>;
}

interface TrainParameters {
  settings: TrainingSettings;
}

export function createTrainingService(parts: TrainingParts & { jobs: Jobs }): TrainingService {
  const { context, jobs, dataset, backbones } = parts;
  /** Of trainings whose epochs have begun, by job. */
  const stopFlags = new Map<JobId, SharedArrayBuffer>();
  let engine: Promise<Readiness['engine']> | undefined;

  jobs.register<TrainParameters>('train', {
    resumable: true,
    async run({ settings }, job) {
      // Labels may have changed while it waited, or since it was interrupted.
      refuseIfNotReady();
      try {
        const onStoppable = (flag: SharedArrayBuffer) => stopFlags.set(job.id, flag);
        return { modelId: await runTraining(settings, job, parts, onStoppable) };
      } finally {
        stopFlags.delete(job.id);
      }
    },
  });

  function refuseIfNotReady(): void {
    const problems = findProblems(
      dataset.previewVersion(),
      dataset.countCandidates(),
      dataset.splitLeaks(),
    );
    const problem = problems.find(({ blocking }) => blocking);
    if (problem) throw new AppError('not-ready', problem.message, problem.remedy);
  }

  /** Asked of a worker once: what loads there does not change while the program runs. */
  function describeEngine(): Promise<Readiness['engine']> {
    engine ??= context.workers.run('describe-trainer', {}).catch((error: unknown) => {
      engine = undefined;
      throw error;
    });
    return engine;
  }

  return {
    handlers: {
      'training.backbones': () => ({ backbones: backbones.list() }),

      'training.readiness': async ({ backbone: name }) => {
        const backbone = backbones.get(name ?? trainingSettingsSchema.parse({}).backbone);
        const preview = dataset.previewVersion();
        const candidates = dataset.countCandidates();
        const problems = findProblems(preview, candidates, dataset.splitLeaks());
        const lacking = await lackingCandidates(parts, backbone);
        return {
          ready: !problems.some(({ blocking }) => blocking),
          problems,
          counts: countSplits(preview),
          features: { done: candidates - lacking.length, total: candidates },
          engine: await describeEngine(),
        };
      },

      'training.start': ({ settings }) => {
        const backbone = backbones.get(settings.backbone);
        refuseIfNotReady();
        const { train } = countSplits(dataset.previewVersion());
        const title = `Training ${backbone.title} on ${train} photos`;
        return { jobId: jobs.start<TrainParameters>('train', title, { settings }) };
      },

      'training.stopAndKeepBest': ({ jobId }) => {
        const flag = stopFlags.get(jobId);
        if (!flag) {
          throw new AppError(
            'not-found',
            'No epoch of this training has begun, so there is nothing to keep.',
            'Cancel it instead.',
          );
        }
        Atomics.store(new Int32Array(flag), 0, 1);
        return {};
      },
    },
  };
}
