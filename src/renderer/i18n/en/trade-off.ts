export const tradeOff = {
  title: 'All models: accuracy against size and latency',
  cost: 'What accuracy is held against',
  bytes: 'File size',
  p50: 'Latency, 1 thread',
  threadedP50: 'Latency, {{threads}} threads',
  peakBytes: 'Memory',
  chart: 'Accuracy over {{cost}}, a numbered dot a model',
  hint: 'Measured on the same {{photos}}, by {{runtime}}. Up and to the left is better; the dashed line joins the models that no other one beats. Whiskers are 95% intervals: models whose whiskers overlap may be alike. Latency is p50.',
  number: 'No.',
  model: 'Model',
  unbeaten: 'Unbeaten',
  yes: 'yes',
  no: 'no',
  why: {
    'never-compared': '{{name}} is not shown: it was never compared.',
    'other-photos': '{{name}} is not shown: it was measured on other photos. Compare it again.',
    'other-runtime': '{{name}} is not shown: it was measured by another runtime. Compare it again.',
    'other-computer':
      '{{name}} is not shown: it was measured on another computer. Compare it again.',
  },
};
