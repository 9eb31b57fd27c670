import { isHiddenName, isPhotoName } from '../../shared/domain/photo-names';

/** What some file system refuses, and `%` itself, so that the name can be read back. */
const unsafe = /[%<>:"/\\|?*\p{Cc}\p{Cs}]/gu;
/** Devices on Windows, with any extension. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/** Room for a number, below the 255 bytes that a name may have. */
const maximumBytes = 230;

const encode = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');

/**
 * A name that every file system takes and no system hides, as close to the wanted one as can be:
 * the rest is percent-encoded.
 */
export function safeName(wanted: string): string {
  let name = wanted.replace(unsafe, encode);
  if (name.startsWith('.') || isHiddenName(name) || reserved.test(name)) {
    name = encode(name.slice(0, 1)) + name.slice(1);
  }
  // Windows drops a dot or a space at the end.
  return name.replace(/[. ]$/, encode) || '%';
}

/** The same for a photo: it ends as photos do, and is not too long. */
export function safePhotoName(wanted: string, extension: string): string {
  const safe = safeName(wanted);
  const name = isPhotoName(safe) ? safe : `${safe}.${extension}`;
  const dot = name.lastIndexOf('.');
  const [stem, ending] = [name.slice(0, dot), name.slice(dot)];
  return shorten(stem, maximumBytes - ending.length) + ending;
}

function shorten(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let short = '';
  let left = bytes;
  for (const character of text) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    short += character;
  }
  return short.replace(/%[0-9A-F]?$/, '');
}

/** Gives out names that no file system takes for one another, folder by folder. */
export interface UniqueNames {
  /** The name, numbered "cat (2).jpg" where it or its like is taken in the folder. */
  take(folder: string, name: string): string;
}

export function createUniqueNames(): UniqueNames {
  const folders = new Map<string, Map<string, number>>();
  return {
    take(folder, name) {
      const taken = folders.get(folder) ?? new Map<string, number>();
      folders.set(folder, taken);
      const dot = name.lastIndexOf('.');
      const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
      let candidate = name;
      for (let number = (taken.get(fold(name)) ?? 0) + 1; ; number += 1) {
        if (number > 1) candidate = `${stem} (${number})${ending}`;
        taken.set(fold(name), number);
        if (number === 1 || !taken.has(fold(candidate))) break;
      }
      taken.set(fold(candidate), taken.get(fold(candidate)) ?? 1);
      return candidate;
    },
  };
}

/** Equal for names that some file system holds to be one: by case or by how accents are composed. */
const fold = (name: string): string => name.normalize('NFC').toUpperCase().toLowerCase();
