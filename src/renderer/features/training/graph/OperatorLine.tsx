import type { GraphSummary } from '@shared/domain/graph-summary';
import { IconAlertTriangle } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatMillions, formatPercent } from '../../../i18n/format';
import classes from './OperatorLine.module.css';
import { OperatorLanes } from './OperatorLanes';
import type { OperatorRow } from './operator-rows';
import { shapeText, shortName } from './tensor-text';

interface OperatorLineProps {
  row: OperatorRow;
  top: number;
  height: number;
  lanes: number;
  /** Of all rows: a full bar. */
  heaviest: { weightBytes: number; multiplyAdds: number };
  totals: GraphSummary['totals'];
  isChosen: boolean;
  /** Absent: nothing is searched. */
  isFound: boolean | undefined;
  onChoose(number: number): void;
}

/** One operator: its lines, what it is, and how heavy it is among the others. */
export const OperatorLine = memo(function OperatorLine(props: OperatorLineProps) {
  const { row, top, height, lanes, heaviest, totals, isChosen, isFound, onChoose } = props;
  const { t } = useTranslation();
  const { number, kind, name, outputs, weightBytes, multiplyAdds, activation, obstacle } =
    row.operator;
  const share = multiplyAdds === undefined ? 0 : multiplyAdds / Math.max(1, totals.multiplyAdds);
  return (
    <div
      id={`operator-${number}`}
      role="option"
      aria-selected={isChosen}
      className={classes.line}
      style={{ height, transform: `translateY(${top}px)` }}
      data-dimmed={isFound === false || undefined}
      onClick={() => onChoose(number)}
    >
      <OperatorLanes row={row} lanes={lanes} height={height} />
      <span className={classes.number}>{number}</span>
      <span className={classes.kind}>
        {kind}
        {activation !== undefined && <span className={classes.activation}> + {activation}</span>}
        {obstacle !== undefined && (
          <IconAlertTriangle size={13} className={classes.warning} aria-label={obstacle} />
        )}
      </span>
      <span className={classes.name} title={name}>
        {shortName(name)}
      </span>
      <span className={classes.shape}>
        {outputs.map(({ shape, type }) => `${shapeText(shape)} ${type}`).join(', ')}
      </span>
      <span className={classes.amount}>
        {weightBytes > 0 && (
          <Bar share={weightBytes / heaviest.weightBytes}>{formatBytes(weightBytes)}</Bar>
        )}
      </span>
      <span className={classes.amount}>
        {multiplyAdds === undefined ? (
          <span title={t('modelGraph.notCounted')}>?</span>
        ) : (
          multiplyAdds > 0 && (
            <Bar share={multiplyAdds / heaviest.multiplyAdds} title={formatPercent(share)}>
              {formatMillions(multiplyAdds)}
            </Bar>
          )
        )}
      </span>
    </div>
  );
});

interface BarProps {
  share: number;
  title?: string;
  children: string;
}

function Bar({ share, title, children }: BarProps) {
  return (
    <span className={classes.bar} title={title}>
      <span className={classes.fill} style={{ width: `${share * 100}%` }} />
      <span className={classes.figure}>{children}</span>
    </span>
  );
}
