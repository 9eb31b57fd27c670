/** Ascending ids as a short text: "1-4,9,12-20". What history and the interface name many by. */
export function encodeIds(ids: readonly number[]): string {
  const sorted = [...ids].sort((left, right) => left - right);
  const parts: string[] = [];
  for (let start = 0; start < sorted.length; ) {
    const first = sorted[start] ?? 0;
    let end = start;
    while (sorted[end + 1] === first + (end + 1 - start)) end += 1;
    parts.push(end === start ? `${first}` : `${first}-${sorted[end]}`);
    start = end + 1;
  }
  return parts.join(',');
}

export function decodeIds(text: string): number[] {
  if (text === '') return [];
  return text.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
