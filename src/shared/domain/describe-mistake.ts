import type { PreprocessingMistake } from './preprocessing-check';

/** What an app does wrong, and what it should do, for people who write apps. */
export const describeMistake: Record<PreprocessingMistake, { name: string; remedy: string }> = {
  'zero-to-one': {
    name: 'values divided by 255',
    remedy: 'Subtract the contract’s mean and divide by its std instead.',
  },
  'minus-one-to-one': {
    name: 'values brought to -1…1',
    remedy: 'Subtract the contract’s mean and divide by its std instead.',
  },
  imagenet: {
    name: 'ImageNet’s mean and std',
    remedy: 'Subtract the contract’s own mean and divide by its own std.',
  },
  raw: {
    name: 'bytes as they are',
    remedy: 'Normalize by the contract’s mean and std before the model.',
  },
  unscaled: {
    name: 'normalized values cast to bytes',
    remedy: 'Divide by the input’s scale and add its zero point before the cast.',
  },
  bgr: { name: 'blue before red', remedy: 'Hand the channels over in the order red, green, blue.' },
  stretched: {
    name: 'whole picture squeezed',
    remedy: 'Cut the centered square out before resizing.',
  },
  uncropped: {
    name: 'too much of the picture',
    remedy: 'Cut out the contract’s share of the short side, not all of it.',
  },
  aliased: {
    name: 'shrunk without smoothing',
    remedy: 'Resize with an averaging or antialiased filter.',
  },
  'turned-right': {
    name: 'turned a quarter to the right',
    remedy: 'Turn the camera’s picture upright by the rotation that it reports.',
  },
  'turned-left': {
    name: 'turned a quarter to the left',
    remedy: 'Turn the camera’s picture upright by the rotation that it reports.',
  },
  'upside-down': {
    name: 'upside down',
    remedy: 'Turn the camera’s picture upright by the rotation that it reports.',
  },
  mirrored: {
    name: 'mirrored',
    remedy: 'Use the picture of the front camera as it is taken, not as its preview shows it.',
  },
};
