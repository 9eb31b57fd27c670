import type { GraphTensor } from '@shared/domain/graph-summary';

/** "1 × 224 × 224 × 3"; "?" for a size that is open. */
export const shapeText = (shape: readonly number[]): string =>
  shape.map((size) => (size < 0 ? '?' : String(size))).join(' × ');

/** The part of a tensor's name that tells it from its neighbors: without the scopes around it. */
export function shortName(name: string): string {
  const parts = name.split(';')[0]?.split('/') ?? [];
  return parts.slice(-3).join('/');
}

const significant = (value: number): string => String(Number(value.toPrecision(4)));

/** "0.0078", "0.001 to 0.03" for one a channel. */
export function scaleText({ scale }: NonNullable<GraphTensor['quantization']>): string {
  const [least, most] = [significant(scale.least), significant(scale.most)];
  return least === most ? least : `${least} – ${most}`;
}
