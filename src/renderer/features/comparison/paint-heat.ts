import type { HeatMapData } from './heat-maps';

/** Opacity of the hottest place: the photo must stay to be seen. */
const strongest = 190;

/** Paints what speaks for an answer: nothing where nothing does, then yellow to red. */
export function paintHeat(
  canvas: HTMLCanvasElement,
  { width, height, values }: HeatMapData,
  hottest: number,
): void {
  const painter = canvas.getContext('2d');
  if (!painter || hottest <= 0) return;
  const picture = painter.createImageData(width, height);
  values.forEach((value, place) => {
    const heat = Math.max(0, Math.min(1, value / hottest));
    picture.data.set(
      [255, Math.round(225 * (1 - heat)), 40, Math.round(strongest * heat)],
      place * 4,
    );
  });
  painter.putImageData(picture, 0, 0);
}
