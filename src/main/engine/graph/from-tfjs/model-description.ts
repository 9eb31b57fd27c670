import { z } from 'zod';
import type { ModelMetadata } from '../model-metadata';
import { parseJson } from './model-json';

/** What `metadata.json` beside a model says of it; each part only where it is there. */
export interface ModelDescription extends Pick<ModelMetadata, 'labels' | 'normalization'> {
  /** What its maker called it. */
  name?: string;
  /** Side of the square picture. */
  imageSize?: number;
}

const text = z.string().trim().min(1).max(200);

const schema = z.object({
  labels: z.array(z.string().max(1000)).min(1).max(100_000).optional().catch(undefined),
  imageSize: z.int().min(1).max(10_000).optional().catch(undefined),
  modelName: text.optional().catch(undefined),
  packageName: text.optional().catch(undefined),
  tmVersion: text.optional().catch(undefined),
});

/**
 * Teachable Machine's own: `capture` of libraries/image/src/utils/tf.ts divides bytes by 127 (not 127.5)
 * and takes 1 off; `cropTo` of utils/canvas.ts cuts the middle square of the whole short side.
 */
const teachableMachine = { mean: [127], std: [127] };

/**
 * Reads `metadata.json` of Teachable Machine (`Metadata` of @teachablemachine/image), or of who writes
 * labels the same way. What is of another form there is passed over: it is nobody's standard.
 * @throws AppError 'model-unreadable' for a file that is no JSON
 */
export function readModelDescription(json: string, fileName: string): ModelDescription {
  const { data } = schema.safeParse(parseJson(json, fileName));
  if (!data) return {};
  const { labels, imageSize, modelName, packageName, tmVersion } = data;
  const isTeachableMachine =
    packageName === undefined ? tmVersion !== undefined : packageName === '@teachablemachine/image';
  return {
    ...(labels === undefined ? {} : { labels }),
    ...(imageSize === undefined ? {} : { imageSize }),
    ...(modelName === undefined ? {} : { name: modelName }),
    ...(isTeachableMachine ? { normalization: teachableMachine } : {}),
  };
}
