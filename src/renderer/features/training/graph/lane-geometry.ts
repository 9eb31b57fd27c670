/** Pixels from the left edge of a row to its main line. */
export const mainX = 12;
/** Between two lines beside it. */
const laneWidth = 9;
/** Graphs with more lines at once share the last: the details say where a value goes. */
const mostLanes = 8;

export const laneX = (lane: number): number =>
  mainX + 13 + Math.min(lane, mostLanes - 1) * laneWidth;

/** Width of the lines of a graph that has so many lanes beside the main line. */
export const gutterWidth = (lanes: number): number =>
  lanes === 0 ? mainX * 2 : laneX(Math.min(lanes, mostLanes) - 1) + 10;
