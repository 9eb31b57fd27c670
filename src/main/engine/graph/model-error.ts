import { AppError } from '../../../shared/api/errors';
import type { FlatbufferError } from './flatbuffer/flatbuffer-error';

/** What the person is told of a model file that could not be read. */
export function toModelError(cause: FlatbufferError): AppError {
  return cause.kind === 'damaged'
    ? new AppError(
        'model-unreadable',
        `This is not a sound TensorFlow Lite model: ${cause.message}.`,
        'Choose a .tflite file, and copy or download it again if it should be one.',
        { cause },
      )
    : new AppError(
        'model-unsupported',
        `This model uses something that Pocketlens Studio does not understand: ${cause.message}.`,
        'Convert it again as a plain float32, float16 or int8 image classifier.',
        { cause },
      );
}
