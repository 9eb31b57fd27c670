export const robustness = {
  title: 'As pictures get worse',
  hint: 'Phones shake, turn and compress, and see dark rooms. This answers up to 100 of the compared photos again, darker, brighter, blurred, turned, compressed and noisy, each at four strengths, and shows where the models part.',
  start: 'Measure',
  again: 'Measure again',
  loses:
    'They part most where pictures are {{kind}} ({{strength}}): {{name}} has {{lost}} of {{photos}} photos fewer right than {{first}}.',
  gains:
    'They part most where pictures are {{kind}} ({{strength}}): {{name}} has {{lost}} of {{photos}} photos more right than {{first}}.',
  nowhere: 'They have equally many of {{photos}} photos right, however bad the pictures.',
  chart: 'Accuracy as pictures are {{kind}}',
  figures: 'In figures',
  picture: 'Pictures',
  plain: 'as they are',
  plainShort: 'as is',
  same: '{{share}} same answer',
  kinds: {
    darker: 'darker',
    brighter: 'brighter',
    blur: 'blurred',
    turned: 'turned',
    jpeg: 'compressed',
    noise: 'noisy',
  },
  ticks: {
    darker: '×{{strength}}',
    brighter: '×{{strength}}',
    blur: '{{strength}} px',
    turned: '{{strength}}°',
    jpeg: 'q {{strength}}',
    noise: '±{{strength}}',
  },
  strengths: {
    darker: 'brightness × {{strength}}',
    brighter: 'brightness × {{strength}}',
    blur: 'deviation {{strength}} pixels of 224',
    turned: '{{strength}} degrees',
    jpeg: 'JPEG quality {{strength}}',
    noise: 'deviation {{strength}} of 255',
  },
  provenance_one:
    'On {{photos}} compared photo, changed at the size that the models see, by {{runtime}}, {{at}}. Bars are 95% intervals.',
  provenance_other:
    'On {{photos}} compared photos, changed at the size that the models see, by {{runtime}}, {{at}}. Bars are 95% intervals.',
} as const;
