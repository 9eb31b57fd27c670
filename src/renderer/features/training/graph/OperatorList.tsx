import type { GraphSummary } from '@shared/domain/graph-summary';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './OperatorList.module.css';
import { gutterWidth } from './lane-geometry';
import { OperatorLine } from './OperatorLine';
import columns from './OperatorLine.module.css';
import type { OperatorRow } from './operator-rows';

interface OperatorListProps {
  rows: readonly OperatorRow[];
  totals: GraphSummary['totals'];
  /** Numbers that match the search; absent: nothing is searched. */
  found: ReadonlySet<number> | undefined;
  chosen: number | undefined;
  onChoose(number: number): void;
}

const rowHeight = 26;
/** Of the line with the columns' names, which stays at the top. */
const headHeight = 27;

/** Operators in the order in which they run; only those on screen exist. Walked by arrow keys. */
export function OperatorList({ rows, totals, found, chosen, onChoose }: OperatorListProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    useFlushSync: false,
  });
  const index = rows.findIndex(({ operator }) => operator.number === chosen);
  useEffect(() => {
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [virtualizer, index]);
  const lanes = rows.reduce(
    (most, { lines }) => Math.max(most, ...lines.map(({ lane }) => lane + 1)),
    0,
  );
  const heaviest = {
    weightBytes: Math.max(1, ...rows.map(({ operator }) => operator.weightBytes)),
    multiplyAdds: Math.max(1, ...rows.map(({ operator }) => operator.multiplyAdds ?? 0)),
  };

  function onKeyDown(event: KeyboardEvent) {
    const screen = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const steps: Partial<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: screen,
      PageUp: -screen,
      Home: -rows.length,
      End: rows.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const target = rows[Math.min(rows.length - 1, Math.max(0, index + step))];
    if (target) onChoose(target.operator.number);
  }

  return (
    <div
      ref={scroller}
      className={classes.list}
      role="listbox"
      aria-label={t('modelGraph.operators')}
      aria-activedescendant={chosen === undefined ? undefined : `operator-${chosen}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={classes.head} style={{ height: headHeight }} aria-hidden>
        <span className={classes.gutter} style={{ width: gutterWidth(lanes) }} />
        <span className={columns.number}>#</span>
        <span className={columns.kind}>{t('modelGraph.operator')}</span>
        <span className={columns.name}>{t('modelGraph.name')}</span>
        <span className={columns.shape}>{t('modelGraph.output')}</span>
        <span className={columns.amount}>{t('modelGraph.weights')}</span>
        <span className={columns.amount}>{t('modelGraph.multiplyAdds')}</span>
      </div>
      <div className={classes.canvas} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index: position, start }) => {
          const row = rows[position];
          if (!row) return undefined;
          const { number } = row.operator;
          return (
            <OperatorLine
              key={number}
              row={row}
              top={start - headHeight}
              height={rowHeight}
              lanes={lanes}
              heaviest={heaviest}
              totals={totals}
              isChosen={number === chosen}
              isFound={found?.has(number)}
              onChoose={onChoose}
            />
          );
        })}
      </div>
    </div>
  );
}
