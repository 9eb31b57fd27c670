export const labeling = {
  status: {
    done: 'All labeled',
    unlabeled_one: '{{formatted}} unlabeled',
    unlabeled_other: '{{formatted}} unlabeled',
  },
  actions: {
    exclude: 'Exclude and go on',
    skip: 'Skip',
    back: 'Back',
    restart: 'Go through the unlabeled photos',
  },
  source: {
    name: 'Photos to go through',
    unlabeled: 'Unlabeled',
    uncertain: 'Least certain first',
    listed: 'As filtered in Photos',
  },
  progress: '{{done}} of {{total}} done',
  photo: 'The photo to label',
  goTo: 'Go to photo {{number}}',
  panel: {
    what: 'What is it?',
    back: 'Back',
    skip: 'Skip',
    exclude: 'Exclude',
    newLabel: 'Something else…',
  },
  empty: {
    title: 'Nothing to label yet',
    text: 'Photos come first. Those whose folder names say what they show are labeled already.',
    button: 'Add photos',
  },
  done: {
    title: 'Every photo has a label',
    text: 'The project is ready to be trained.',
    train: 'Go to Train',
    photos: 'Look at the photos',
    skippedTitle: 'That was the last one',
    skippedText_one: '{{count}} photo was skipped and has no label.',
    skippedText_other: '{{count}} photos were skipped and have no label.',
    again: 'Go through them again',
  },
} as const;
