import type { ReactNode } from 'react';
import classes from './PhotoTile.module.css';

interface PhotoTileProps {
  /** Absent: there is no picture of it any more. */
  source: string | undefined;
  alt: string;
  isSelected: boolean;
  isFocused: boolean;
  /** A word in the corner of the picture. */
  mark?: ReactNode;
  onClick(event: React.MouseEvent): void;
  onOpen(): void;
  /** What there is to say about it, a line each. */
  children: ReactNode;
}

/** One photo of a gallery that is a list box: picture, words, selected or not. */
export function PhotoTile(props: PhotoTileProps) {
  const { source, alt, isSelected, isFocused, mark, onClick, onOpen, children } = props;
  return (
    <div
      className={classes.tile}
      role="option"
      aria-selected={isSelected}
      data-focused={isFocused || undefined}
      onClick={onClick}
      onDoubleClick={onOpen}
    >
      {source === undefined ? (
        <div className={classes.image} role="img" aria-label={alt} />
      ) : (
        <img
          className={classes.image}
          src={source}
          alt={alt}
          decoding="async"
          loading="lazy"
          draggable={false}
        />
      )}
      {mark && <span className={classes.mark}>{mark}</span>}
      <div className={classes.words}>{children}</div>
    </div>
  );
}
