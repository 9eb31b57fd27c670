import { AppError } from '../../../shared/api/errors';
import type { Preprocessing } from '../../../shared/domain/preprocessing';
import { decodeOutput } from './decode-output';
import { createInputEncoder } from './encode-input';
import type { LoadedModel, TensorInfo } from './runtime';

/** RGB bytes of a model input (width*height*3) in, one probability a label out. */
export type Classifier = (bytes: Uint8Array) => Promise<Float32Array>;

/**
 * Joins a loaded model with its preprocessing contract.
 * @throws AppError 'model-broken' when the file's input or output is not what the contract says.
 */
export function createClassifier(model: LoadedModel, contract: Preprocessing): Classifier {
  const { width, height, input, output, labels } = contract;
  requireTensor('input', model.inputs, input.type, width * height * 3);
  requireTensor('output', model.outputs, output.type, labels.length);
  const encode = createInputEncoder(contract);
  return async (bytes) => {
    const [answer] = await model.run([encode(bytes)]);
    if (!answer) throw new RangeError('The model has no output');
    return decodeOutput(answer, output);
  };
}

function requireTensor(
  role: 'input' | 'output',
  tensors: readonly TensorInfo[],
  type: string,
  elements: number,
): void {
  const [tensor] = tensors;
  const found = tensor && tensor.shape.reduce((product, size) => product * size, 1);
  if (tensors.length === 1 && tensor?.type === type && found === elements) return;
  const told =
    tensors.length === 1 ? `${found} ${tensor?.type} values` : `${tensors.length} tensors`;
  throw new AppError(
    'model-broken',
    `The model’s ${role} does not match its preprocessing contract: ${told} instead of ${elements} ${type} values.`,
    'Use the model file together with the contract that was exported with it.',
  );
}
