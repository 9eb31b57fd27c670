import { useState } from 'react';
import classes from './PhotoView.module.css';

interface PhotoViewProps {
  source: string;
  /** A small version that is there at once. */
  preview: string;
  alt: string;
  /** Pixel by pixel, to be scrolled, instead of fitted. */
  isZoomed?: boolean;
}

/** A photo fitted to its frame; the small version stands in until the large one is decoded. */
export function PhotoView({ source, preview, alt, isZoomed = false }: PhotoViewProps) {
  const [isLoaded, setIsLoaded] = useState(false);
  return (
    <div className={classes.view} data-zoomed={isZoomed || undefined}>
      {!isLoaded && <img className={classes.preview} src={preview} alt="" />}
      <img
        className={classes.photo}
        data-loaded={isLoaded || undefined}
        src={source}
        alt={alt}
        decoding="async"
        draggable={false}
        onLoad={() => setIsLoaded(true)}
      />
    </div>
  );
}
