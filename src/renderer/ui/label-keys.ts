/** Keys that no place uses for something else: digits, then letters in the order of the keyboard. */
const freeKeys = '123456789qwertyuiopsdghjklcvbnm';

/** The key that assigns a label, by its place in the list; the 32nd and later have none. */
export const labelKey = (position: number): string | undefined => freeKeys[position];
