import { AppError } from '../../shared/api/errors';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import { createInputEncoder } from '../engine/runtime/encode-input';
import { readModelInputs } from './model-inputs';
import type { TaskContext } from './task-context';
import type { PhotoSource, TaskInput } from './tasks';

/**
 * RGB bytes of a model input for each photo.
 * @throws AppError 'photo-unreadable': fewer photos than were chosen would be a silent loss.
 */
export async function* pixelsOf(
  photos: readonly PhotoSource[],
  { preprocessing, cacheFile }: Pick<TaskInput<'quantize-model'>, 'preprocessing' | 'cacheFile'>,
  { cache, signal }: Pick<TaskContext<'quantize-model'>, 'cache' | 'signal'>,
): AsyncGenerator<Uint8Array> {
  for await (const read of readModelInputs(photos, preprocessing, cache(cacheFile), signal)) {
    if ('failure' in read) throw new AppError('photo-unreadable', read.failure.reason);
    yield read.pixels;
  }
}

/** The same as a float model takes them. */
export async function* floatInputs(
  pixels: AsyncIterable<Uint8Array>,
  preprocessing: Preprocessing,
): AsyncGenerator<Float32Array> {
  const encode = createInputEncoder({ ...preprocessing, input: { type: 'float32' } });
  for await (const bytes of pixels) {
    const values = encode(bytes);
    if (!(values instanceof Float32Array)) throw new TypeError('Calibration runs in float32');
    yield values;
  }
}
