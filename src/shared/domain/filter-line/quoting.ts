/** A word of a filter line: `key:value,value`, or without a key a piece of text. */
export interface LineWord {
  /** Lowercase; absent for text. */
  key?: string;
  values: string[];
  /** As it stands in the line, from `start` to before `end`. */
  start: number;
  end: number;
}

/**
 * Splits a line at spaces, and what follows a key at commas; neither counts between double quotes.
 * A backslash takes the sign after it literally there. A quote that is not closed reaches the end.
 */
export function readWords(line: string): LineWord[] {
  const words: LineWord[] = [];
  let at = 0;
  while (at < line.length) {
    if (/\s/.test(line[at] ?? '')) at += 1;
    else {
      const word = readWord(line, at);
      words.push(word);
      at = word.end;
    }
  }
  return words;
}

function readWord(line: string, start: number): LineWord {
  const key = /^[A-Za-z]+(?=:)/.exec(line.slice(start))?.[0];
  let at = key === undefined ? start : start + key.length + 1;
  const values: string[] = [];
  let value = '';
  let isQuoted = false;
  for (; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted && sign === '\\' && at + 1 < line.length) {
      at += 1;
      value += line.charAt(at);
    } else if (!isQuoted && /\s/.test(sign)) break;
    else if (!isQuoted && sign === ',' && key !== undefined) {
      values.push(value);
      value = '';
    } else value += sign;
  }
  values.push(value);
  return { ...(key === undefined ? {} : { key: key.toLowerCase() }), values, start, end: at };
}

/** A value as it can stand in a line: in quotes where a sign of it would mean something else. */
export function quote(value: string): string {
  if (value !== '' && !/[\s",:\\]/.test(value)) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
