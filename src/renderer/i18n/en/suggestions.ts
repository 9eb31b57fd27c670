export const suggestions = {
  title: 'Suggestions',
  source: {
    model: 'By the model {{name}}',
    neighbors:
      'By the {{nearest}} nearest of {{formatted}} labeled photos, in shares of their votes',
    labels: 'Label photos of two labels, and the rest is suggested from those alike.',
    features: 'Suggestions come once photos are prepared.',
  },
  computing: 'Being worked out anew …',
  threshold: 'At least {{percent}}',
  accept: 'Accept {{formatted}} at ≥ {{percent}}',
  review: 'Review the least certain',
  acceptOne: 'Accept',
  acceptListed: 'Accept suggestions at or above the threshold',
  acceptSelected: 'Accept the suggestions',
  similar: {
    find: 'Find more like this',
    one: 'Like {{fileName}}',
    many: 'Like {{formatted}} photos',
    exact: '{{like}}: exact, among {{of}}',
    approximate: '{{like}}: approximate, among {{of}}',
    back: 'Back to the list before',
  },
} as const;
