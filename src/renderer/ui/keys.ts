/** The part of a keyboard event that decides which action it means. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'
>;

interface ParsedKey {
  key: string;
  mod: boolean;
  alt: boolean;
  shift: boolean;
}

export const isMac: boolean =
  typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);

/**
 * Reads "mod+shift+z": modifiers joined to a `KeyboardEvent.key` by `+`. `mod` is Command on a Mac
 * and Control elsewhere. Letters are written small.
 */
export function parseKey(text: string): ParsedKey {
  const parts = text.split('+');
  const key = parts.pop() || '+';
  return {
    key: key.length === 1 ? key.toLowerCase() : key,
    mod: parts.includes('mod'),
    alt: parts.includes('alt'),
    shift: parts.includes('shift'),
  };
}

export function matchesKey(text: string, press: KeyPress, mac: boolean = isMac): boolean {
  const wanted = parseKey(text);
  const [mod, foreign] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  if (mod !== wanted.mod || foreign || press.altKey !== wanted.alt) return false;
  // A sign such as "?" needs Shift on some keyboards and not on others.
  const signOfItsOwn = wanted.key.length === 1 && !/[a-z0-9]/.test(wanted.key);
  if (!signOfItsOwn && press.shiftKey !== wanted.shift) return false;
  // Option turns letters into other signs on a Mac: there the key's place decides.
  if (wanted.alt)
    return press.code === `Key${wanted.key.toUpperCase()}` || press.code === `Digit${wanted.key}`;
  return (press.key.length === 1 ? press.key.toLowerCase() : press.key) === wanted.key;
}

const names: Record<string, string> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Backspace: '⌫',
  Escape: 'Esc',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
};

/** The caps to draw for a key: ["Ctrl", "K"] or on a Mac ["⌘", "K"]. */
export function keyCaps(text: string, mac: boolean = isMac): string[] {
  const { key, mod, alt, shift } = parseKey(text);
  return [
    ...(mod ? [mac ? '⌘' : 'Ctrl'] : []),
    ...(alt ? [mac ? '⌥' : 'Alt'] : []),
    ...(shift ? [mac ? '⇧' : 'Shift'] : []),
    names[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  ];
}
