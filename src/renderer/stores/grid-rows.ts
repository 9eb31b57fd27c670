import type { PhotoGroup } from '@shared/domain/photo-filter';

/** A line of the grid: the title of a group, or some of its photos side by side. */
export type GridLine =
  | { kind: 'title'; group: PhotoGroup; first: number }
  | { kind: 'photos'; first: number; count: number };

interface Block {
  /** Absent in a list without groups: it is one block without a title. */
  group?: PhotoGroup;
  /** Place in the list of its first photo. */
  first: number;
  count: number;
  /** Number of its first line, which is its title when it has one. */
  line: number;
}

/** How a list of photos falls into lines of a grid. Places and lines are counted from 0. */
export interface GridRows {
  readonly columns: number;
  /** Photos in all lines together. */
  readonly total: number;
  readonly lineCount: number;
  /** Titles above this line. */
  titlesBefore(line: number): number;
  isTitle(line: number): boolean;
  /** `line` is within 0..lineCount - 1. */
  line(line: number): GridLine;
  /** The line that a photo stands in. */
  lineOf(place: number): number;
  /** The line of the title that a line stands under; undefined without groups. */
  titleOf(line: number): number | undefined;
}

/**
 * `groups` in the order of the list. Where their counts do not add up to `total` (both are on their
 * way) the last group takes what is left, and those beyond the end are left out.
 */
export function gridRows(total: number, columns: number, groups: readonly PhotoGroup[]): GridRows {
  const blocks = blocksOf(total, columns, groups);
  const last = blocks.at(-1);
  const titled = groups.length > 0 ? 1 : 0;
  const blockAt = (by: 'line' | 'first', value: number): Block =>
    blocks[findLast(blocks, (block) => block[by] <= value)] ?? { first: 0, count: 0, line: 0 };

  return {
    columns,
    total,
    lineCount: last ? last.line + linesOf(last, columns) : 0,
    titlesBefore: (line) =>
      titled && line > 0 ? 1 + findLast(blocks, (block) => block.line < line) : 0,
    isTitle: (line) => titled === 1 && blockAt('line', line).line === line,
    line(line) {
      const block = blockAt('line', line);
      const row = line - block.line - (block.group ? 1 : 0);
      if (block.group && row < 0) return { kind: 'title', group: block.group, first: block.first };
      const first = block.first + row * columns;
      const count = Math.min(columns, block.first + block.count - first);
      return { kind: 'photos', first, count };
    },
    lineOf(place) {
      const block = blockAt('first', place);
      return block.line + (block.group ? 1 : 0) + Math.floor((place - block.first) / columns);
    },
    titleOf: (line) => (titled ? blockAt('line', line).line : undefined),
  };
}

const linesOf = ({ group, count }: Block, columns: number): number =>
  Math.ceil(count / columns) + (group ? 1 : 0);

function blocksOf(total: number, columns: number, groups: readonly PhotoGroup[]): Block[] {
  if (total === 0) return [];
  if (groups.length === 0) return [{ first: 0, count: total, line: 0 }];
  const blocks: Block[] = [];
  let [first, line] = [0, 0];
  for (const [index, group] of groups.entries()) {
    const left = total - first;
    if (left <= 0) break;
    const count = index === groups.length - 1 ? left : Math.min(group.count, left);
    const block = { group, first, count, line };
    blocks.push(block);
    first += count;
    line += linesOf(block, columns);
  }
  return blocks;
}

/** Index of the last block that passes; those that pass come first. -1 when none does. */
function findLast(blocks: readonly Block[], passes: (block: Block) => boolean): number {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const block = blocks[middle];
    if (block && passes(block)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
