import type { HandlersOf } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import type { Readiness, trainingApi } from '../../../shared/api/training-api';
import { trainingSettingsSchema } from '../../../shared/domain/model';
import type { JobId } from '../../../shared/domain/job';
import { createCheckpoints } from '../../platform/checkpoints';
import type { Jobs } from '../ports';
import { lackingCandidates } from './compute-features';
import type { FineTuningService } from './fine-tuning-service';
import { runTraining, type TrainingParts, type TrainingPlan } from './run-training';
import { countSplits, findProblems } from './training-problems';

export interface TrainingService {
  handlers: HandlersOf<typeof trainingApi>;
}

export interface TrainingServiceParts extends TrainingParts {
  jobs: Jobs;
  fineTuning: Pick<FineTuningService, 'refuseIfImpossible'>;
}

export function createTrainingService(parts: TrainingServiceParts): TrainingService {
  const { context, jobs, dataset, backbones, fineTuning } = parts;
  const checkpoints = createCheckpoints(context.modelsFolder);
  /** Of trainings whose epochs have begun, by job. */
  const stopFlags = new Map<JobId, SharedArrayBuffer>();
  let engine: Promise<Readiness['engine']> | undefined;

  jobs.register<TrainingPlan>('train', {
    resumable: true,
    async run(plan, job) {
      // Labels may have changed while it waited, or since it was interrupted.
      if (!plan.tuning) refuseIfNotReady();
      try {
        const onStoppable = (flag: SharedArrayBuffer) => stopFlags.set(job.id, flag);
        const modelId = await runTraining(plan, job, { ...parts, checkpoints }, onStoppable);
        return { modelId };
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

      'training.start': async ({ settings }) => {
        const backbone = backbones.get(settings.backbone);
        refuseIfNotReady();
        const { train } = countSplits(dataset.previewVersion());
        const plan: TrainingPlan = { settings };
        if (settings.fineTuning) {
          await fineTuning.refuseIfImpossible(backbone, settings.fineTuning);
          // Frozen now: what it goes on from after a restart belongs to these very photos.
          const { id } = dataset.freezeVersion();
          plan.tuning = { versionId: id, checkpoint: await checkpoints.begin() };
        }
        const title = `${settings.fineTuning ? 'Fine-tuning' : 'Training'} ${backbone.title} on ${train} photos`;
        return { jobId: jobs.start<TrainingPlan>('train', title, plan) };
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
