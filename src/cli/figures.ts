/** Numbers as words have them, and tables for the eye. */

export const count = (value: number): string => value.toLocaleString('en');

/** "1 row", "2,000 rows", "3 categories". */
export const many = (value: number, noun: string, nouns = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : nouns}`;

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Columns as wide as their widest cell; the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[], align: 'right' | 'left' = 'right'): string {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  const cellOf = (cell: string, i: number) =>
    i === 0 || align === 'left' ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!);
  return rows.map((row) => `${row.map(cellOf).join('  ').trimEnd()}\n`).join('');
}
