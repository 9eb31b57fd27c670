export const common = {
  appName: 'Pocketlens Studio',
  cancel: 'Cancel',
  close: 'Close',
  create: 'Create',
  undo: 'Undo',
  generated: 'Generated',
  generatedHint:
    'These pictures were drawn by the sample generator. Numbers measured on them say nothing about photographs.',
  photos_one: '{{formatted}} photo',
  photos_other: '{{formatted}} photos',
  provenance: {
    measured: 'Measured',
    estimated: 'Estimated',
    imported: 'Imported: not measured here',
    on: 'on {{on}}',
    by: 'by {{by}}',
  },
} as const;
