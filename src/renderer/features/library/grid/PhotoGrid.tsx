import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { photoAt } from '../../../stores/photo-pages';
import { attempt } from '../../../ui/attempt';
import { gridGeometry } from './grid-geometry';
import { GridRow } from './GridRow';
import classes from './PhotoGrid.module.css';
import { RubberBand } from './RubberBand';
import { useRubberBand } from './use-rubber-band';

/** Rows kept mounted above and below the screen. */
const overscan = 4;

/**
 * The photos that pass the filter, of which only the rows on screen exist. Rows and cells look up
 * what they show by themselves, so that scrolling renders new rows and nothing else.
 */
export function PhotoGrid() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const total = useStudioStore('photos', (state) => state.total ?? 0);
  const listView = useStudioStore('photos', (state) => state.view);
  const wanted = useStudioStore('view', (view) => view.thumbnailSize);
  const focus = useStudioStore('selection', (state) => state.focus?.index);
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: frameRef, height } = useElementSize<HTMLDivElement>();
  // Inside the padding and beside the scrollbar: what the cells can fill.
  const { ref: canvasRef, width } = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(scroller, frameRef);

  const geometry = useMemo(() => gridGeometry(width, wanted), [width, wanted]);
  const { columns, cell, pitch } = geometry;
  const rowCount = width > 0 ? Math.ceil(total / columns) : 0;
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => pitch,
    overscan,
    // React may draw a row a frame late; scrolling itself never waits for it.
    useFlushSync: false,
  });

  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, pitch]);
  useEffect(() => {
    const rows = Math.max(1, Math.floor(height / pitch));
    stores.selection.getState().setGrid({ columns, rows });
  }, [stores, columns, pitch, height]);
  useEffect(() => {
    // Braces matter: newer browsers give back a promise, which React would take for a cleanup.
    scroller.current?.scrollTo({ top: 0 });
  }, [listView]);
  useEffect(() => {
    // Not when the list grows or shrinks: whoever scrolled away during an import stays there.
    if (focus !== undefined && virtualizer.options.count > 0) {
      virtualizer.scrollToIndex(Math.floor(focus / columns), { align: 'auto' });
    }
  }, [virtualizer, focus, columns]);

  const rows = virtualizer.getVirtualItems();
  const first = (rows[0]?.index ?? 0) * columns;
  const last = ((rows.at(-1)?.index ?? 0) + 1) * columns - 1;
  useEffect(() => {
    if (rowCount > 0) stores.photos.getState().show(first, last);
  }, [stores, rowCount, first, last]);

  const band = useRubberBand(scroller, geometry);

  function spotOf(event: MouseEvent) {
    const cellOf = event.target instanceof Element && event.target.closest('[data-index]');
    const index = cellOf ? Number(cellOf.getAttribute('data-index')) : undefined;
    if (index === undefined) return undefined;
    const photo = photoAt(stores.photos.getState().pages, index);
    return photo && { index, id: photo.id };
  }

  function onClick(event: MouseEvent) {
    if (band.justEnded()) return;
    const spot = spotOf(event);
    const { click, clear } = stores.selection.getState();
    const keys = { shift: event.shiftKey, toggle: event.ctrlKey || event.metaKey };
    if (spot) void attempt(() => click(spot, keys));
    else if (!keys.shift && !keys.toggle) clear();
  }

  return (
    <div
      ref={ref}
      className={classes.scroller}
      role="grid"
      aria-label={t('library.grid.name')}
      aria-multiselectable
      aria-rowcount={rowCount}
      aria-colcount={columns}
      aria-activedescendant={focus === undefined ? undefined : `photo-cell-${focus}`}
      tabIndex={0}
      onClick={onClick}
      onDoubleClick={(event) => {
        if (spotOf(event)) stores.view.getState().set({ loupeOpen: true });
      }}
      onPointerDown={band.onPointerDown}
    >
      <div
        ref={canvasRef}
        role="presentation"
        className={classes.canvas}
        style={{ height: Math.max(0, virtualizer.getTotalSize()) }}
      >
        {rows.map((row) => (
          <GridRow
            key={row.index}
            row={row.index}
            top={row.start}
            columns={columns}
            cell={cell}
            total={total}
          />
        ))}
        <RubberBand box={band.box} />
      </div>
    </div>
  );
}
