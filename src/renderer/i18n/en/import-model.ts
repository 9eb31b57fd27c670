export const importModel = {
  open: 'Open a model file',
  title: 'Open a model file',
  text: 'A classifier that was made elsewhere, of TensorFlow Lite or TensorFlow.js (also from Teachable Machine): a rival for a comparison or, in float32, one to quantize here. What it was trained on is not known, so photos of your test split may have been among them.',
  file: 'Model file',
  filePlaceholder: 'Choose a .tflite file, a zip, or model.json with its weights',
  fileHint:
    'Teachable Machine: the zip of its export to TensorFlow.js. Other TensorFlow.js layers models: model.json together with all of its .bin files, or their zip. ONNX, Keras, SavedModel and PyTorch: make a .tflite file first, with onnx2tf or TensorFlow’s converter.',
  labels: 'Labels',
  labelsHint:
    'One a line, in the order of its answers. Leave it empty when the file or its metadata.json names them.',
  mean: 'Mean',
  std: 'Standard deviation',
  normalizationHint:
    'Of bytes 0 to 255: 127.5 and 127.5 for −1 to 1, 0 and 255 for 0 to 1. Not needed for uint8 models, models of Teachable Machine, and when the file says it. A model that begins with a Rescaling layer takes the bytes themselves: 0 and 1.',
  crop: 'Middle of the photo, share of the short side',
  start: 'Open',
  fact: 'Opened from',
  factDetail: 'SHA-256 {{sha256}}…',
  proof: 'Copy against the file',
  proofOn: {
    photos_one: 'largest difference of a probability on {{count}} photo',
    photos_other: 'largest difference of a probability on {{count}} photos',
    drawn_one: 'largest difference of a probability on {{count}} drawn picture',
    drawn_other: 'largest difference of a probability on {{count}} drawn pictures',
  },
  leftOut_one: '{{count}} answer left out: the project has no such label',
  leftOut_other: '{{count}} answers left out: the project has no such labels',
  unknown: 'What it was trained on is not known: a test may flatter it.',
} as const;
