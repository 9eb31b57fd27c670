import type { ModelsState } from '../messages';
import { texts } from '../texts';

/** What runs the model, and why: a phone has no pointer that could be held on something. */
export function engineLine({ runtime, engine: { trial } }: ModelsState): string {
  switch (trial?.outcome) {
    case undefined:
      return runtime;
    case 'trying':
      return texts.engine.trying;
    case 'faster':
    case 'slower':
      return texts.engine[trial.outcome](trial.gpuMs, trial.wasmMs);
    case 'different':
      return texts.engine.different(trial.difference);
    case 'failed':
      return texts.engine.failed(trial.problem);
  }
}
