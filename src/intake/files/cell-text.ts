/**
 * A cell of a workbook as text: numbers as they read without the format of their column (12.5, not "12,50 €"), dates as
 * 2026-03-09 or 2026-03-09 14:30, truth as Excel writes it. Empty cells are ''.
 */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return String(value);
}

/** A workbook knows no time zone: what stands in the cell is read as UTC and written back as it stood. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  // 14:30 is a fraction of a day there, and comes out a millisecond too early.
  const whole = new Date(Math.round(date.getTime() / 1000) * 1000);
  const [day, time] = whole.toISOString().slice(0, 19).split('T') as [string, string];
  if (time === '00:00:00') return day;
  return `${day} ${time.endsWith(':00') ? time.slice(0, 5) : time}`;
}
