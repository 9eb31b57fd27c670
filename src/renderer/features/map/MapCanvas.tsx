import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import type { MapFacts, MapPoints } from '../../stores/map-store';
import { useStudioStore } from '../../stores/use-studio';
import type { Categories } from './categories';
import classes from './MapCanvas.module.css';
import { MapHover } from './MapHover';
import { stylePoints } from './point-styles';
import { useMapPointer } from './use-map-pointer';
import { usePainter } from './use-painter';

interface MapCanvasProps {
  points: MapPoints;
  facts: MapFacts;
  categories: Categories;
}

/** The points, with what the pointer does to them. */
export function MapCanvas({ points, facts, categories }: MapCanvasProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const highlight = useStudioStore('map', (state) => state.highlight);
  const selected = useStudioStore('map', (state) => state.selected);
  const tool = useStudioStore('map', (state) => state.tool);
  const styles = useMemo(
    () => stylePoints(points.photoIds, facts, categories, highlight, selected),
    [points, facts, categories, highlight, selected],
  );
  usePainter(frame, canvas, points, styles);
  const { outline, hovered, ...handlers } = useMapPointer(frame);
  return (
    <div ref={frame} className={classes.frame} data-tool={tool} {...handlers}>
      <canvas
        ref={canvas}
        className={classes.canvas}
        role="img"
        aria-label={t('map.name', { formatted: formatCount(points.photoIds.length) })}
      />
      {outline && (
        <svg className={classes.overlay} aria-hidden>
          <polygon className={classes.lasso} points={outline.join(' ')} />
        </svg>
      )}
      {hovered && !outline && <MapHover {...hovered} />}
    </div>
  );
}
