import { type Mark, type Shape, toCss } from './map-palette';

const outlines: Record<Exclude<Shape, 'circle'>, string> = {
  triangle: '6,1 11.4,10.6 0.6,10.6',
  square: '1.6,1.6 10.4,1.6 10.4,10.4 1.6,10.4',
  diamond: '6,0.4 11.6,6 6,11.6 0.4,6',
};

/** A point as the map draws it, for the legend. */
export function MarkSwatch({ mark: { color, shape } }: { mark: Mark }) {
  return (
    <svg width={12} height={12} viewBox="0 0 12 12" fill={toCss(color)} aria-hidden>
      {shape === 'circle' ? <circle cx={6} cy={6} r={5} /> : <polygon points={outlines[shape]} />}
    </svg>
  );
}
