import { AppError } from '../../../../shared/api/errors';

/** A TensorFlow.js model whose files are damaged, incomplete or something else. */
export const tfjsUnreadable = (what: string, remedy: string, cause?: unknown): AppError =>
  new AppError('model-unreadable', what, remedy, { cause });

/**
 * A sound TensorFlow.js model that this program can't take.
 * @param what fits behind "because": "layer x (Lambda) is of a kind …".
 */
export const tfjsUnsupported = (what: string, remedy = convertOutside): AppError =>
  new AppError('model-unsupported', `This TensorFlow.js model can’t be opened: ${what}.`, remedy);

const convertOutside =
  'Convert the Keras model to TensorFlow Lite in Python instead, and open the .tflite file.';

export const downloadAgain =
  'Export or download the model again, and choose all of its files or their zip.';
