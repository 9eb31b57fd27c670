import type { Slice, SliceDimension } from './slices';

/** What a dimension is called outside the interface: in reports and in terminals. */
export const dimensionTitles: Record<SliceDimension, string> = {
  import: 'Imported',
  day: 'Day taken',
  camera: 'Camera',
  brightness: 'Brightness',
  sharpness: 'Sharpness',
};

const thirds: Record<string, Record<string, string>> = {
  brightness: { low: 'Darkest third', middle: 'Middle third', high: 'Brightest third' },
  sharpness: { low: 'Blurriest third', middle: 'Middle third', high: 'Sharpest third' },
};

/** @param dateTime a moment as this place tells it */
export function describeSlice(
  dimension: SliceDimension,
  { value }: Pick<Slice, 'value'>,
  dateTime: (iso: string) => string,
): string {
  if (value === '') return 'Not known';
  if (dimension === 'import') return dateTime(value);
  return thirds[dimension]?.[value] ?? value;
}
