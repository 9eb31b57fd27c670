import type { GraphOperator, GraphSummary } from '@shared/domain/graph-summary';

/** Where a value runs beside the main line, in one row. */
export interface SideLine {
  /** From 0, the one next to the main line. */
  lane: number;
  /** It leaves the operator of this row. */
  starts: boolean;
  /** The operator of this row takes it. */
  joins: boolean;
  /** It comes from above, goes on below. */
  above: boolean;
  below: boolean;
}

export interface OperatorRow {
  operator: GraphOperator;
  /** Works on constants alone: no step of the computation. */
  isConstant: boolean;
  /** The main line comes from above, goes on below. */
  above: boolean;
  below: boolean;
  lines: SideLine[];
}

/**
 * A graph as rows in the order of the file, with the lines between them: one main line from an
 * operator to the next, and beside it what skips operators. A value that several operators take is
 * one line to the last of them.
 * @param withConstants also what is computed from constants alone, as the weights of float16 files
 */
export function operatorRows(
  { operators }: Pick<GraphSummary, 'operators'>,
  withConstants: boolean,
): OperatorRow[] {
  const constant = constantOperators(operators);
  const shown = operators.filter(({ number }) => withConstants || !constant.has(number));
  const rows: OperatorRow[] = shown.map((operator) => ({
    operator,
    isConstant: constant.has(operator.number),
    above: false,
    below: false,
    lines: [],
  }));
  drawMainLine(rows);
  for (const span of sideSpans(rows)) drawSideLine(rows, span);
  return rows;
}

/** Numbers of the operators that have constants for inputs, straight or through such operators. */
export function constantOperators(operators: readonly GraphOperator[]): ReadonlySet<number> {
  const constant = new Set<number>();
  for (const { number, inputs } of operators) {
    const isConstant = inputs.every(
      ({ origin, from }) => origin === 'constant' || (from !== undefined && constant.has(from)),
    );
    if (isConstant) constant.add(number);
  }
  return constant;
}

/** From each operator to the next that takes its value, across operators on constants. */
function drawMainLine(rows: readonly OperatorRow[]): void {
  let previous: number | undefined;
  for (const [index, row] of rows.entries()) {
    if (row.isConstant) continue;
    const number = previous === undefined ? undefined : rows[previous]?.operator.number;
    const takes = row.operator.inputs.some(({ from }) => from !== undefined && from === number);
    if (takes && previous !== undefined) {
      for (const between of rows.slice(previous, index)) between.below = true;
      for (const between of rows.slice(previous + 1, index + 1)) between.above = true;
    }
    previous = index;
  }
}

interface Span {
  start: number;
  /** Rows that take the value, ascending. */
  joins: number[];
  end: number;
  lane: number;
}

/** Values that skip operators, each in the nearest lane that is free all the way. */
function sideSpans(rows: readonly OperatorRow[]): Span[] {
  const rowOf = new Map(rows.map(({ operator }, index) => [operator.number, index]));
  const joins = new Map<number, number[]>();
  for (const [index, { operator }] of rows.entries()) {
    for (const source of operator.branches) {
      const start = rowOf.get(source);
      if (start !== undefined) joins.set(start, [...(joins.get(start) ?? []), index]);
    }
  }
  const ends: number[] = [];
  return [...joins]
    .sort(([one], [other]) => one - other)
    .map(([start, taken]) => {
      const end = Math.max(...taken);
      const free = ends.findIndex((last) => last <= start);
      const lane = free === -1 ? ends.length : free;
      ends[lane] = end;
      return { start, joins: taken, end, lane };
    });
}

function drawSideLine(rows: readonly OperatorRow[], { start, joins, end, lane }: Span): void {
  for (let index = start; index <= end; index++) {
    rows[index]?.lines.push({
      lane,
      starts: index === start,
      joins: joins.includes(index),
      above: index > start,
      below: index < end,
    });
  }
}
