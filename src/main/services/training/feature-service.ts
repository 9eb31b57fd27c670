import type { Backbone } from '../../../shared/domain/backbone';
import { trainingSettingsSchema } from '../../../shared/domain/model';
import type { PhotoFailure, PhotoSource } from '../../workers/tasks';
import type {
  Backbones,
  Dataset,
  Features,
  JobHandle,
  Jobs,
  Models,
  ProjectContext,
} from '../ports';
import { computeFeatures, type FeatureRequest, lackingCandidates } from './compute-features';

export interface FeatureService {
  features: Features;
  /**
   * Ends background work. A running job ends as done, not as interrupted: what is left is computed
   * without being asked for when the project is open again. Call it before jobs are disposed.
   */
  dispose(): void;
}

export interface FeatureParts {
  context: ProjectContext;
  jobs: Jobs;
  dataset: Dataset;
  models: Models;
  backbones: Backbones;
  /** Quiet time after a change before work begins, so that an import is not slowed down. */
  delayMs?: number;
}

interface FeatureParameters {
  backbone: string;
}

const quietTimeMs = 2000;

/**
 * Computes features of photos in the background, so that training starts at once. Begins by itself
 * when photos lack features some time after the project was opened or changed.
 */
export function createFeatureService(parts: FeatureParts): FeatureService {
  const { context, jobs, dataset, models, backbones, delayMs = quietTimeMs } = parts;
  const stopping = new AbortController();
  /** Photos that can't be read, by hash: not tried again by itself. */
  const unreadable = new Set<string>();
  const listeners = new Set<(left: number) => void>();
  let timer: NodeJS.Timeout | undefined;
  let running = 0;
  /**
   * Photos that were left when a person cancelled or work failed: nothing begins by itself until
   * there are more than these.
   */
  let declined = 0;

  /** Of the newest model, because the next one is most likely made like it. */
  function likelyBackbone(): Backbone | undefined {
    const usable = backbones.list();
    const names = [models.list()[0]?.backbone, trainingSettingsSchema.parse({}).backbone];
    return names.map((name) => usable.find((one) => one.name === name)).find(Boolean) ?? usable[0];
  }

  async function lacking(backbone: Backbone): Promise<PhotoSource[]> {
    const all = await lackingCandidates(parts, backbone);
    return all.filter(({ sha256 }) => !unreadable.has(sha256));
  }

  function rememberUnreadable(
    photos: readonly PhotoSource[],
    failures: readonly PhotoFailure[],
  ): void {
    const failed = new Set(failures.map(({ photoId }) => photoId));
    for (const photo of photos) if (failed.has(photo.photoId)) unreadable.add(photo.sha256);
  }

  const isStarted = () => running > 0;

  function tellComputed(coming: number): void {
    for (const listener of listeners) listener(coming);
  }

  async function compute(request: FeatureRequest): Promise<readonly PhotoFailure[]> {
    const { photos, onProgress } = request;
    try {
      const failures = await computeFeatures(
        {
          ...request,
          onProgress(done) {
            onProgress(done);
            if (done < photos.length) tellComputed(photos.length - done);
          },
        },
        parts,
      );
      rememberUnreadable(photos, failures);
      return failures;
    } finally {
      if (photos.length > 0) tellComputed(0);
    }
  }

  function schedule(): void {
    if (stopping.signal.aborted) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      startIfNeeded().catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        context.log.error('Work in the background could not be started', error);
      });
    }, delayMs);
  }

  async function startIfNeeded(): Promise<void> {
    const backbone = likelyBackbone();
    if (running > 0 || !backbone) return;
    const { length } = await lacking(backbone);
    // Much can happen meanwhile: it was asked for by hand, or the project is closed.
    if (stopping.signal.aborted || isStarted()) return;
    if (length <= declined) return;
    declined = 0;
    const title = `Preparing ${length} ${length === 1 ? 'photo' : 'photos'} for training`;
    jobs.start<FeatureParameters>('features', title, { backbone: backbone.name });
  }

  async function run({ backbone: name }: FeatureParameters, job: JobHandle): Promise<void> {
    const backbone = backbones.get(name);
    const photos = await lacking(backbone);
    const total = photos.length;
    job.progress({ done: 0, total, step: `Computing features with ${backbone.title}` });
    try {
      const failures = await compute({
        photos,
        backbone,
        mirrored: false,
        priority: 'background',
        signal: AbortSignal.any([job.signal, stopping.signal]),
        onProgress: (done) => job.progress({ done }),
      });
      for (const { reason } of failures) job.log(reason);
    } catch (error) {
      if (stopping.signal.aborted)
        return job.log('The rest follows when the project is open again.');
      declined = (await lacking(backbone)).length;
      throw error;
    }
  }

  jobs.register<FeatureParameters>('features', {
    resumable: true,
    beginsByItself: true,
    async run(parameters, job) {
      running += 1;
      try {
        await run(parameters, job);
        return {};
      } finally {
        running -= 1;
        // Photos that came while this one ran.
        schedule();
      }
    },
  });
  const stopListening = dataset.onChanged(schedule);
  schedule();

  const features: Features = {
    backbone: () => likelyBackbone() ?? backbones.get(trainingSettingsSchema.parse({}).backbone),
    async complete({ signal, onProgress }) {
      const backbone = features.backbone();
      const photos = await lacking(backbone);
      await compute({
        photos,
        backbone,
        mirrored: false,
        priority: 'normal',
        signal,
        onProgress: (done) => onProgress(done, photos.length),
      });
    },
    onComputed(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  return {
    features,
    dispose() {
      stopListening();
      clearTimeout(timer);
      stopping.abort();
    },
  };
}
