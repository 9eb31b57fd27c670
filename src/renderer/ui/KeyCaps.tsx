import { keyCaps } from './keys';
import classes from './KeyCaps.module.css';

/** A key as drawn on the keyboard: `Ctrl` `K`. */
export function KeyCaps({ text }: { text: string }) {
  return (
    <span className={classes.caps}>
      {keyCaps(text).map((cap) => (
        <kbd key={cap} className={classes.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
