import classes from './ThumbnailStrip.module.css';

/** Thumbnails before and after the current one. */
const [before, after] = [3, 6];

interface ThumbnailStripProps<Item> {
  items: readonly Item[];
  position: number;
  sourceOf(item: Item): string;
  /** A line of this color lies under the thumbnail. */
  colorOf?(item: Item): string | undefined;
  /** What the button of the item is called; numbers begin with 1. */
  nameOf(number: number): string;
  onGoTo(position: number): void;
}

/** What was and what comes, under a large photo. */
export function ThumbnailStrip<Item>({
  items,
  position,
  sourceOf,
  colorOf,
  nameOf,
  onGoTo,
}: ThumbnailStripProps<Item>) {
  const first = Math.max(0, position - before);
  return (
    <div className={classes.strip}>
      {items.slice(first, position + after + 1).map((item, offset) => (
        <button
          key={sourceOf(item)}
          type="button"
          className={classes.thumbnail}
          aria-current={first + offset === position || undefined}
          aria-label={nameOf(first + offset + 1)}
          onClick={() => onGoTo(first + offset)}
        >
          <img src={sourceOf(item)} alt="" width={56} height={56} decoding="async" />
          {colorOf && <span className={classes.line} style={{ background: colorOf(item) }} />}
        </button>
      ))}
    </div>
  );
}
