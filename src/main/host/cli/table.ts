export interface Column {
  header: string;
  align?: 'left' | 'right';
}

/** Columns as wide as their widest cell, two spaces apart, the headers underlined. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const widths = columns.map(({ header }, index) =>
    Math.max(width(header), ...rows.map((row) => width(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? '';
        const space = ' '.repeat((widths[index] ?? 0) - width(cell));
        return align === 'right' ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  return [
    line(columns.map(({ header }) => header)),
    line(widths.map((length) => '─'.repeat(length))),
    ...rows.map(line),
  ].join('\n');
}

/** Characters as a person counts them: a label may hold letters with accents, or emoji. */
function width(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}
