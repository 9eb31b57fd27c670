import { basename } from 'node:path';
import { AppError } from '../../shared/api/errors';

/** Formats of other frameworks, by the end of a file's name, and what makes a `.tflite` file of each. */
const foreign: readonly { ends: RegExp; what: string; how: string }[] = [
  {
    ends: /\.onnx$/i,
    what: 'an ONNX model',
    how: 'onnx2tf makes a float32 .tflite file of it; open that.',
  },
  {
    ends: /\.pb$/i,
    what: 'a SavedModel or graph of TensorFlow',
    how: 'tf.lite.TFLiteConverter.from_saved_model makes a .tflite file of it; leave its optimizations off, and open that.',
  },
  {
    ends: /\.(h5|keras)$/i,
    what: 'a Keras model',
    how: 'tf.lite.TFLiteConverter.from_keras_model makes a .tflite file of it; leave its optimizations off, and open that.',
  },
  {
    ends: /\.(pt|pth|pt2|safetensors)$/i,
    what: 'a model or weights of PyTorch',
    how: 'Export it to ONNX with torch.onnx.export, make a float32 .tflite file of that with onnx2tf, and open this one.',
  },
  {
    ends: /\.(mlmodel|mlpackage)$/i,
    what: 'a Core ML model',
    how: 'Make a .tflite file of the model that it was converted from, and open that.',
  },
];

/** Says what a file of another framework is, and what makes one that opens here; undefined for others. */
export function foreignModel(paths: readonly string[]): AppError | undefined {
  for (const path of paths) {
    const format = foreign.find(({ ends }) => ends.test(path));
    if (format) {
      const told = `${basename(path)} is ${format.what}, which the studio does not read.`;
      return new AppError('model-unsupported', told, format.how);
    }
  }
  return undefined;
}
