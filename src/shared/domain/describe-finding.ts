import type { Finding } from './issue';

const share = (value: number): string => `${(value * 100).toFixed(1)}%`;

/** A finding as a sentence, outside of the interface. */
export function describeFinding(
  { kind, labelIds, value, attribute, photos }: Finding,
  nameOf: (labelId: number) => string,
): string {
  const [first = '', second = ''] = labelIds.map(nameOf);
  switch (kind) {
    case 'few-photos':
      return `${first} has only ${value} ${value === 1 ? 'photo' : 'photos'}.`;
    case 'imbalance':
      return `${first} has ${value.toFixed(1)} times the photos of ${second}.`;
    case 'overlap':
      return `${first} and ${second} are taken for each other on ${share(value)} of ${photos} photos.`;
    case 'shortcut':
      return `${first} can be told by ${attribute ?? ''} alone: ${share(value)} of photos, 50 % by chance.`;
  }
}
