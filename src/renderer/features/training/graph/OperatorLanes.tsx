import { gutterWidth, laneX, mainX } from './lane-geometry';
import { operatorFamily } from './operator-family';
import classes from './OperatorLanes.module.css';
import type { OperatorRow, SideLine } from './operator-rows';

interface OperatorLanesProps {
  row: OperatorRow;
  lanes: number;
  height: number;
}

/** The lines at the left of a row, and its operator as a dot on the main one. */
export function OperatorLanes({ row, lanes, height }: OperatorLanesProps) {
  const middle = height / 2;
  const { operator, isConstant, above, below, lines } = row;
  return (
    <svg className={classes.lanes} width={gutterWidth(lanes)} height={height} aria-hidden>
      {above && <path d={`M ${mainX} 0 V ${middle}`} className={classes.main} />}
      {below && <path d={`M ${mainX} ${middle} V ${height}`} className={classes.main} />}
      {lines.map((line) => (
        <path key={line.lane} d={sidePath(line, height)} className={classes.side} />
      ))}
      <circle
        cx={mainX}
        cy={middle}
        r={isConstant ? 3 : 4.5}
        className={classes.dot}
        data-family={operatorFamily(operator.kind)}
        data-constant={isConstant || undefined}
      />
    </svg>
  );
}

/** Down the lane, with a bend to the dot where the value leaves or is taken. */
function sidePath({ lane, starts, joins, above, below }: SideLine, height: number): string {
  const x = laneX(lane);
  const middle = height / 2;
  return [
    above && below ? `M ${x} 0 V ${height}` : '',
    starts ? `M ${mainX} ${middle} Q ${x} ${middle} ${x} ${height}` : '',
    joins ? `M ${x} 0 Q ${x} ${middle} ${mainX} ${middle}` : '',
  ].join(' ');
}
