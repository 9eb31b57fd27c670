import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/api/errors';
import type { Backbone } from '../../shared/domain/backbone';
import type { LoadedModel, Runtime } from '../engine/runtime/runtime';

/**
 * The backbone's file, checked against the hash in its facts: what was trained on one backbone
 * must not be joined to another.
 * @throws AppError 'model-unreadable'.
 */
export async function readBackbone(backbone: Backbone, file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw damaged(backbone, 'can’t be read', error);
  });
  if (createHash('sha256').update(bytes).digest('hex') !== backbone.sha256) {
    throw damaged(backbone, 'is damaged');
  }
  return bytes;
}

function damaged({ title, opened }: Backbone, what: string, cause?: unknown): AppError {
  return new AppError(
    'model-unreadable',
    `The file of the backbone ${title} ${what}.`,
    opened ? `Open ${opened.fileName} again.` : 'Install Pocketlens Studio again.',
    { cause },
  );
}

interface Kept {
  sha256: string;
  model: LoadedModel;
}

/** One a runtime: tasks come in small batches, and loading takes as long as two photos. */
const kept = new WeakMap<Runtime, Kept>();

/**
 * Loads the backbone into the runtime, or gives the one that is still there from the task before.
 * It stays until another backbone is asked for, `forgetBackbone` is called or the runtime ends;
 * callers do not dispose it.
 */
export async function loadBackbone(
  runtime: Runtime,
  backbone: Backbone,
  file: string,
): Promise<LoadedModel> {
  const last = kept.get(runtime);
  if (last?.sha256 === backbone.sha256) return last.model;
  forgetBackbone(runtime);
  const model = await runtime.load(await readBackbone(backbone, file));
  kept.set(runtime, { sha256: backbone.sha256, model });
  return model;
}

/** After a failed inference: the next task loads anew. */
export function forgetBackbone(runtime: Runtime): void {
  kept.get(runtime)?.model.dispose();
  kept.delete(runtime);
}
