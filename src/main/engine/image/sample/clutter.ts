import type { Random } from '../../../../shared/domain/random';

/**
 * Things that lie around: paper, cables, coins and shadows as an SVG of `width` x `height`. Drawn
 * alike for every label, so that no class can be told by its clutter.
 */
export function drawClutter(random: Random, width: number, height: number): string {
  const pieces = Array.from({ length: 2 + random.index(5) }, () => piece(random, width, height));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${pieces.join('')}</svg>`;
}

function piece(random: Random, width: number, height: number): string {
  const x = random.between(-0.1, 1.1) * width;
  const y = random.between(-0.1, 1.1) * height;
  const size = random.between(0.06, 0.3) * height;
  const paint = `hsl(${random.index(360)} ${random.index(70)}% ${15 + random.index(75)}%)`;
  const opacity = random.between(0.5, 1).toFixed(2);
  const turn = `transform="rotate(${random.index(360)} ${x.toFixed(0)} ${y.toFixed(0)})"`;
  switch (random.pick(['paper', 'coin', 'cable', 'shadow'] as const)) {
    case 'paper':
      return `<rect x="${x}" y="${y}" width="${size * random.between(0.6, 1.8)}" height="${size}" rx="${random.index(8)}" fill="${paint}" fill-opacity="${opacity}" ${turn}/>`;
    case 'coin':
      return `<ellipse cx="${x}" cy="${y}" rx="${size / 2}" ry="${(size / 2) * random.between(0.6, 1)}" fill="${paint}" fill-opacity="${opacity}" ${turn}/>`;
    case 'cable':
      return `<path d="M${x} ${y} q ${size} ${-size} ${2 * size} 0 t ${2 * size} 0" fill="none" stroke="${paint}" stroke-width="${2 + random.index(7)}" ${turn}/>`;
    case 'shadow':
      return `<ellipse cx="${x}" cy="${y}" rx="${size * 1.6}" ry="${size * 0.8}" fill="black" fill-opacity="${random.between(0.08, 0.25).toFixed(2)}" ${turn}/>`;
  }
}
