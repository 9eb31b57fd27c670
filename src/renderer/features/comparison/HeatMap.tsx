import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeatMapData } from './heat-maps';
import classes from './HeatMap.module.css';
import { paintHeat } from './paint-heat';

interface HeatMapProps {
  photo: string;
  map: HeatMapData;
  /** What is painted hottest: the same for maps that are held against each other. */
  hottest: number;
  name: string;
}

/** The square that a model sees, with what speaks for its answer painted over it. */
export function HeatMap({ photo, map, hottest, name }: HeatMapProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) paintHeat(canvas.current, map, hottest);
  }, [map, hottest]);
  const size = `${100 / map.cropFraction}%`;
  return (
    <span className={classes.frame} role="img" aria-label={t('comparison.heat.of', { name })}>
      <img
        className={classes.photo}
        src={photo}
        alt=""
        style={{ width: size, height: size }}
        loading="lazy"
        draggable={false}
      />
      <canvas ref={canvas} className={classes.heat} width={map.width} height={map.height} />
    </span>
  );
}
