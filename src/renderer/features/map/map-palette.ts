export type Scheme = 'dark' | 'light';
export type Color = readonly [red: number, green: number, blue: number];

/** In the order of the numbers that painters know them by. */
export const shapes = ['circle', 'triangle', 'square', 'diamond'] as const;
export type Shape = (typeof shapes)[number];

/** How the points of a category are drawn. */
export interface Mark {
  color: Color;
  shape: Shape;
}

/**
 * Eight colors that the color-blind tell apart (Okabe and Ito, "Color universal design", 2008); blue
 * is lighter on dark, yellow and sky darker on light, so that all stand out from the ground.
 */
const categorical: Record<Scheme, readonly Color[]> = {
  dark: [
    [86, 180, 233],
    [230, 159, 0],
    [0, 178, 130],
    [204, 121, 167],
    [240, 228, 66],
    [226, 106, 30],
    [74, 138, 220],
    [222, 222, 222],
  ],
  light: [
    [0, 134, 200],
    [200, 130, 0],
    [0, 138, 102],
    [184, 84, 140],
    [150, 136, 0],
    [196, 76, 0],
    [0, 84, 150],
    [40, 40, 40],
  ],
};

interface SchemeColors {
  ground: Color;
  /** Points that have nothing of what is colored by. */
  none: Color;
  /** Around what is selected. */
  ring: Color;
  train: Color;
  validation: Color;
  test: Color;
  agrees: Color;
  disagrees: Color;
}

/** Ground, ring and splits as in theme.css, which WebGL can't read. */
export const schemeColors: Record<Scheme, SchemeColors> = {
  dark: {
    ground: [23, 23, 23],
    none: [104, 104, 104],
    ring: [255, 255, 255],
    train: [138, 138, 138],
    validation: [177, 151, 252],
    test: [56, 217, 169],
    agrees: [86, 180, 233],
    disagrees: [230, 130, 40],
  },
  light: {
    ground: [232, 232, 232],
    none: [150, 150, 150],
    ring: [0, 0, 0],
    train: [120, 120, 120],
    validation: [112, 72, 232],
    test: [9, 146, 104],
    agrees: [0, 134, 200],
    disagrees: [196, 76, 0],
  },
};

/** The mark of the label at that place of the list: colors first, then shapes; undefined: beyond all. */
export function labelMark(place: number, scheme: Scheme): Mark | undefined {
  const colors = categorical[scheme];
  const shape = shapes[Math.floor(place / colors.length)];
  const color = colors[place % colors.length];
  return shape && color && { color, shape };
}

export const toCss = ([red, green, blue]: Color): string => `rgb(${red} ${green} ${blue})`;
