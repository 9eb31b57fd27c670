import type { Comparison } from '../../../shared/domain/comparison';
import type { Model } from '../../../shared/domain/model';
import type { ProjectInfo } from '../../../shared/domain/project';
import type { Slices } from '../../../shared/domain/slices';
import type { Robustness } from '../../../shared/domain/robustness';

/** What both forms of a report are made from. */
export interface ReportSource {
  project: ProjectInfo;
  comparison: Comparison;
  /** The compared models that are still in the library, with how they were made. */
  models: readonly Model[];
  /** Accuracy on parts of the photos; none where nothing parts them. */
  slices: readonly Slices[];
  /** How they answer as pictures get worse, where it was measured. */
  robustness?: Robustness;
}

/**
 * `report.json`, for programs:
 *
 * - `format`, `formatVersion`: say what this file is; the version rises when a field changes.
 * - `project`: `name`, `createdAt`, `generated` (its photos are drawings). No folder: a report
 *   travels, and paths tell of the machine it comes from.
 * - `comparison`: the `Comparison` record of `shared/domain/comparison.ts`. Shares are 0..1, times
 *   milliseconds, intervals 95 %. `answers[i].probabilities[m]` are those of `models[m]`, in order
 *   of `labels`. `machine`, and of each model `threadedLatencyMs` and `memory`, are absent where they were not
 *   measured.
 * - `slices`: the `Slices` records of `shared/domain/slices.ts`: accuracy by import, day, camera and so on.
 * - `robustness`: the `Robustness` record of `shared/domain/robustness.ts`, where it was measured.
 * - `models`: the `Model` records (settings, training curve, calibration, preprocessing contract).
 */
export function reportJson({
  project,
  comparison,
  models,
  slices,
  robustness,
}: ReportSource): string {
  const { name, createdAt, generated } = project;
  return `${JSON.stringify(
    {
      format: 'pocketlens-comparison',
      formatVersion: 1,
      project: { name, createdAt, generated },
      comparison,
      slices,
      robustness,
      models,
    },
    undefined,
    2,
  )}\n`;
}
