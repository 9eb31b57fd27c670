export const bases = {
  purpose: 'What for',
  compare: 'To compare',
  train: 'To train on',
  text: 'A float classifier that was made elsewhere, with any labels, is cut at its features: what goes into its last layer. It is then chosen as a backbone, and heads for your own labels are trained on what it sees. What it was trained on is not known, so photos of your test split may have been among them.',
  facts: '{{size}} × {{size}} pixels · {{bytes}}',
  from: 'from {{fileName}} · {{license}}',
  unknownLicense: 'license not known',
  normalizationHint:
    'Of bytes 0 to 255: 127.5 and 127.5 for −1 to 1, 0 and 255 for 0 to 1. Not needed when the file says it.',
  about: 'About {{title}}',
  features: 'Features',
  featuresDetail:
    'of {{size}} × {{size}} pixels, cut from {{crop}} of the short side, mean {{mean}}, standard deviation {{std}}',
  proof: 'Against the file',
  proofOn: {
    photos_one: 'largest difference of an answer that follows from them, on {{count}} photo',
    photos_other: 'largest difference of an answer that follows from them, on {{count}} photos',
    drawn_one: 'largest difference of an answer that follows from them, on {{count}} drawn picture',
    drawn_other:
      'largest difference of an answer that follows from them, on {{count}} drawn pictures',
  },
  license: 'License',
  licenseDetail: 'as the file says',
  licenseUnknown: 'not known',
  licenseUnknownDetail: 'Find out before you pass on what is trained on it.',
  note: 'What it was trained on is not known: a test may flatter what is trained on it.',
  remove: 'Move to trash',
  removeText: 'Models that were trained on it stay as they are.',
} as const;
