/** What a model is called that has no name but its file's: "kitchen" of kitchen.tflite. */
export const plainModelName = (fileName: string): string =>
  fileName.replace(/\.(tflite|lite|zip|json)$/i, '');
