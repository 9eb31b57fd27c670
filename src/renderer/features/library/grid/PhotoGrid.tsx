import { useElementSize, useMergedRef } from '@mantine/hooks';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type DragEvent, type MouseEvent, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { photoAt } from '../../../stores/photo-pages';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { startPhotoDrag } from '../../../ui/dragged-photos';
import { titleHeight } from './grid-geometry';
import { GridRow } from './GridRow';
import { GroupHeader } from './GroupHeader';
import classes from './PhotoGrid.module.css';
import { RubberBand } from './RubberBand';
import { useGridLayout } from './use-grid-layout';
import { usePaint } from './use-paint';
import { useRubberBand } from './use-rubber-band';
import { useWheelZoom } from './use-wheel-zoom';

/** Lines kept mounted above and below the screen. */
const overscan = 4;

/**
 * The photos that pass the filter, of which only the lines on screen exist. Rows and cells look up
 * what they show by themselves, so that scrolling renders new rows and nothing else.
 */
export function PhotoGrid() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const listView = useStudioStore('photos', (state) => state.view);
  const focus = useStudioStore('selection', (state) => state.focus?.index);
  const isPainting = useStudioStore('view', (view) => view.painting);
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: frameRef, height } = useElementSize<HTMLDivElement>();
  // Inside the padding and beside the scrollbar: what the cells can fill.
  const { ref: canvasRef, width } = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(scroller, frameRef);

  const { geometry, rows } = useGridLayout(width);
  const { columns, cell, pitch } = geometry;
  const stuck = useRef<number>(undefined);
  const virtualizer = useVirtualizer({
    count: rows.lineCount,
    getScrollElement: () => scroller.current,
    estimateSize: (line) => (rows.isTitle(line) ? titleHeight : pitch),
    overscan,
    scrollPaddingStart: rows.titleOf(0) === undefined ? 0 : titleHeight,
    // The title of the group that is seen first stays at the top, however long the group is.
    rangeExtractor: useCallback(
      (range: Range) => {
        stuck.current = rows.titleOf(range.startIndex);
        const lines = defaultRangeExtractor(range);
        const isBeyond = stuck.current !== undefined && !lines.includes(stuck.current);
        return isBeyond ? [stuck.current ?? 0, ...lines] : lines;
      },
      [rows],
    ),
    // React may draw a row a frame late; scrolling itself never waits for it.
    useFlushSync: false,
  });

  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, pitch, rows]);
  useEffect(() => {
    const screen = Math.max(1, Math.floor(height / pitch));
    stores.selection.getState().setGrid({ rows, screen });
  }, [stores, rows, pitch, height]);
  useEffect(() => {
    // Braces matter: newer browsers give back a promise, which React would take for a cleanup.
    scroller.current?.scrollTo({ top: 0 });
  }, [listView]);
  const latestRows = useRef(rows);
  useEffect(() => {
    latestRows.current = rows;
  }, [rows]);
  useEffect(() => {
    // Not when the list grows or shrinks: whoever scrolled away during an import stays there.
    if (focus !== undefined && virtualizer.options.count > 0) {
      virtualizer.scrollToIndex(latestRows.current.lineOf(focus), { align: 'auto' });
    }
  }, [virtualizer, focus, columns]);

  const items = virtualizer.getVirtualItems();
  const lines = items.map((item) => ({ ...item, ...rows.line(item.index) }));
  const photoLines = lines.filter((line) => line.kind === 'photos');
  const first = photoLines[0]?.first ?? 0;
  const lastLine = photoLines.at(-1);
  const last = lastLine ? lastLine.first + lastLine.count - 1 : 0;
  const hasLines = lastLine !== undefined;
  useEffect(() => {
    if (hasLines) stores.photos.getState().show(first, last);
  }, [stores, hasLines, first, last]);

  const band = useRubberBand(scroller, rows, pitch);
  usePaint(scroller);
  useWheelZoom(scroller);

  function spotOf(event: MouseEvent) {
    const cellOf = event.target instanceof Element && event.target.closest('[data-index]');
    const index = cellOf ? Number(cellOf.getAttribute('data-index')) : undefined;
    if (index === undefined) return undefined;
    const photo = photoAt(stores.photos.getState().pages, index);
    return photo && { index, id: photo.id };
  }

  function onClick(event: MouseEvent) {
    if (band.justEnded() || isPainting) return;
    const spot = spotOf(event);
    const { click, clear } = stores.selection.getState();
    const keys = { shift: event.shiftKey, toggle: event.ctrlKey || event.metaKey };
    if (spot) void attempt(() => click(spot, keys));
    else if (!keys.shift && !keys.toggle) clear();
  }

  function onDragStart(event: DragEvent) {
    if (spotOf(event)) startPhotoDrag(event, stores.selection.getState().edited());
  }

  return (
    <div
      ref={ref}
      className={classes.scroller}
      role="grid"
      aria-label={t('library.grid.name')}
      aria-multiselectable
      aria-rowcount={rows.lineCount}
      aria-colcount={columns}
      aria-activedescendant={focus === undefined ? undefined : `photo-cell-${focus}`}
      tabIndex={0}
      data-painting={isPainting || undefined}
      onClick={onClick}
      onDoubleClick={(event) => {
        if (!isPainting && spotOf(event)) stores.view.getState().set({ loupeOpen: true });
      }}
      onPointerDown={isPainting ? undefined : band.onPointerDown}
      onMouseDown={(event) => {
        // Or a sweep that leaves the grid would select the texts around it.
        if (isPainting) event.preventDefault();
      }}
      onDragStart={onDragStart}
    >
      <div
        ref={canvasRef}
        role="presentation"
        className={classes.canvas}
        style={{ height: Math.max(0, virtualizer.getTotalSize()) }}
      >
        {lines.map((line) =>
          line.kind === 'title' ? (
            <GroupHeader
              key={`title ${line.group.key}`}
              group={line.group}
              line={line.index}
              top={line.start}
              first={line.first}
              isStuck={line.index === stuck.current}
            />
          ) : (
            <GridRow
              key={line.index}
              line={line.index}
              top={line.start}
              first={line.first}
              count={line.count}
              cell={cell}
            />
          ),
        )}
        <RubberBand box={band.box} />
      </div>
    </div>
  );
}
