import { toCanvas, wholeMap } from './camera';
import { type Color, schemeColors, toCss } from './map-palette';
import { fitTo, levels, pointDiameter, type PointPainter, type PointStyles } from './point-styles';

/** Draws points with the canvas itself: slow beyond some ten thousand, right everywhere. */
export function createCanvasPainter(canvas: HTMLCanvasElement): PointPainter | undefined {
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  let positions = new Float32Array();
  let styles: PointStyles = {
    colors: new Uint8Array(),
    shapes: new Uint8Array(),
    levels: new Uint8Array(),
  };
  return {
    setPositions(next) {
      positions = Float32Array.from(next);
    },
    setStyles(next) {
      styles = next;
    },
    draw(camera, size, scheme) {
      const ratio = window.devicePixelRatio || 1;
      fitTo(canvas, size.width * ratio, size.height * ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, size.width, size.height);
      const zoom = camera.scale / wholeMap(size).scale;
      const radius = pointDiameter(positions.length / 2, zoom) / 2;
      for (const level of [levels.dim, levels.plain, levels.selected]) {
        context.globalAlpha = level === levels.dim ? 0.15 : 0.9;
        context.strokeStyle = toCss(schemeColors[scheme].ring);
        for (let index = 0; index < positions.length / 2; index += 1) {
          if (styles.levels[index] !== level) continue;
          const [px = 0, py = 0] = [positions[index * 2], positions[index * 2 + 1]];
          const { x, y } = toCanvas(camera, size, px, py);
          if (x < -radius || y < -radius || x > size.width + radius || y > size.height + radius)
            continue;
          context.fillStyle = toCss(colorAt(styles, index));
          context.beginPath();
          tracePath(context, styles.shapes[index] ?? 0, x, y, radius);
          context.fill();
          if (level === levels.selected) context.stroke();
        }
      }
      context.globalAlpha = 1;
    },
    dispose: () => undefined,
  };
}

function colorAt({ colors }: PointStyles, index: number): Color {
  const [red = 0, green = 0, blue = 0] = colors.subarray(index * 4, index * 4 + 3);
  return [red, green, blue];
}

function tracePath(
  context: CanvasRenderingContext2D,
  shape: number,
  x: number,
  y: number,
  radius: number,
): void {
  const corners = [
    [],
    [0, -1, 0.95, 0.75, -0.95, 0.75],
    [-0.85, -0.85, 0.85, -0.85, 0.85, 0.85, -0.85, 0.85],
    [0, -1.1, 1.1, 0, 0, 1.1, -1.1, 0],
  ][shape];
  if (!corners || corners.length === 0) return context.arc(x, y, radius, 0, 2 * Math.PI);
  for (let i = 0; i < corners.length; i += 2) {
    context.lineTo(x + (corners[i] ?? 0) * radius, y + (corners[i + 1] ?? 0) * radius);
  }
  context.closePath();
}
