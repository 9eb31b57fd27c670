import { type KeyboardEvent, useRef, useState } from 'react';
import classes from './Matrix.module.css';

export interface MatrixCell {
  text: string;
  /** What the cell says, in words. */
  label: string;
  tone: 'hit' | 'good' | 'bad' | 'none';
  /** How strong its color is, 0..1. */
  strength: number;
  /** Nothing to open. */
  isEmpty: boolean;
}

interface MatrixProps {
  /** Names of rows and of columns alike. */
  names: readonly string[];
  title: string;
  rowTitle: string;
  columnTitle: string;
  cellAt(row: number, column: number): MatrixCell;
  onOpen(row: number, column: number): void;
}

const steps: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A square of counts. One stop of the Tab key; arrows move inside, Enter opens a cell. */
export function Matrix({ names, title, rowTitle, columnTitle, cellAt, onOpen }: MatrixProps) {
  const table = useRef<HTMLTableElement>(null);
  const [[row, column], setCurrent] = useState<readonly [number, number]>([0, 0]);

  function move(event: KeyboardEvent) {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const inside = (index: number) => Math.max(0, Math.min(names.length - 1, index));
    const next = [inside(row + step[0]), inside(column + step[1])] as const;
    setCurrent(next);
    table.current?.querySelector<HTMLButtonElement>(`[data-cell="${next[0]} ${next[1]}"]`)?.focus();
  }

  return (
    <div className={classes.scroll}>
      <table ref={table} role="grid" aria-label={title} className={classes.matrix} onKeyDown={move}>
        <thead>
          <tr>
            <td className={classes.corner}>
              <span>{columnTitle} →</span>
              <span>{rowTitle} ↓</span>
            </td>
            {names.map((name) => (
              <th key={name} scope="col" title={name} className={classes.columnName}>
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name, rowIndex) => (
            <tr key={name}>
              <th scope="row" title={name} className={classes.rowName}>
                {name}
              </th>
              {names.map((other, columnIndex) => {
                const cell = cellAt(rowIndex, columnIndex);
                return (
                  <td key={other} role="gridcell">
                    <button
                      type="button"
                      className={classes.cell}
                      data-cell={`${rowIndex} ${columnIndex}`}
                      data-tone={cell.tone}
                      style={{ ['--strength' as string]: `${Math.round(cell.strength * 36)}%` }}
                      aria-label={cell.label}
                      aria-disabled={cell.isEmpty || undefined}
                      title={cell.label}
                      tabIndex={rowIndex === row && columnIndex === column ? 0 : -1}
                      onFocus={() => setCurrent([rowIndex, columnIndex])}
                      onClick={() => !cell.isEmpty && onOpen(rowIndex, columnIndex)}
                    >
                      {cell.text}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
