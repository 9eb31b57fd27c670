/** "2.1e-6"; of equal answers "0". */
export const differenceText = (difference: number): string =>
  difference === 0 ? '0' : difference.toExponential(1);
