export const slices = {
  title: 'Part by part',
  hint: 'Accuracy on parts of the same photos, the worst first, with its 95% interval: parts of few photos have wide ones, and the worst of many parts looks worse than it is. A part opens its photos, wrong ones first.',
  nothingParts:
    'Nothing parts these photos: they are of one import, day and camera, and alike in brightness and sharpness.',
  opened: '{{by}}: {{name}}',
  photos: 'Photos',
  unknown: 'Not known',
  more_one: '{{count}} part with higher accuracy is not shown.',
  more_other: '{{count}} parts with higher accuracy are not shown.',
  by: {
    import: 'Imported',
    day: 'Day taken',
    camera: 'Camera',
    brightness: 'Brightness',
    sharpness: 'Sharpness',
  },
  brightness: { low: 'Darkest third', middle: 'Middle third', high: 'Brightest third' },
  sharpness: { low: 'Blurriest third', middle: 'Middle third', high: 'Sharpest third' },
};
